package linkedin_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/linkedin"
)

// Every row is refused with a sentence that holds the words in front of it.
func TestRefused(t *testing.T) {
	for words, addresses := range map[string][]string{
		"no address here":                  {"", " \t\n", "<>", "()", "<|x>"},
		"not a LinkedIn profile address":   {"hello", "in/jane", "https:///in/x", "?x", "<#C1|in>", "jane-doe"},
		"stuck together":                   {"<https://linkedin.com/in/a>,<https://linkedin.com/in/b>", "https://linkedin.com/in/a,https://linkedin.com/in/b", "linkedin.com/in/a?x=1;https://linkedin.com/in/b", "linkedin.com/in/a?x=1,https://linkedin.com/in/b", "<https://linkedin.com/in/a>x", "https://linkedin.com/in/ahttps://linkedin.com/in/b", "linkedin.com/in/a/https://linkedin.com/in/b", "linkedin://in/a/linkedin://in/b", "/in/a,https://linkedin.com/in/b"},
		"put a space between":              {"linkedin.com/in/a,b", "linkedin.com/in/a|b", "linkedin.com/in/a@b", "linkedin.com/in/a&x=y", "linkedin.com/in/a;b", "linkedin.com/in/a%26amp%3Bb"},
		"space, a line break or a control": {"linkedin.com/in/foo bar", "linkedin.com/in/foo linkedin.com/in/bar", "https://linked\tin.com/in/x", "linkedin.com/in/foo\x00bar", "linkedin.com/in/foo\x7fbar", "linkedin.com/in/a%20b", "linkedin.com/in/a%0Ab", "linkedin.com/in/a%00", "linkedin.com/in/a%C2%85b", "linkedin.com/in/a%C2%A0b", "linkedin.com/in/a%E2%80%A8b", "linkedin.com/in/foo?a b"},
		"cut short":                        {"linkedin.com/in/jane-d…", "linkedin.com/in/jane-d...", "linkedin.com/in/jane...,", "linkedin.com/in/jane%E2%80%A6", "<https://linkedin.com/in/jane...|x>"},
		"too long for an address":          {"linkedin.com/in/x?" + strings.Repeat("a", 4096)},
		"must begin with https":            {"ftp://linkedin.com/in/x", "javascript://linkedin.com/in/x", "httpss://linkedin.com/in/x", "://linkedin.com/in/x"},
		"an @":                             {"https://linkedin.com@evil.test/in/x", "https://www.linkedin.com:pw@evil.test/in/x", "https://evil.test@linkedin.com/in/x", `https://evil.test\@linkedin.com/in/x`, `https://linkedin.com\@evil.test/in/x`, "jane@linkedin.com", "@linkedin.com/in/x"},
		"a port":                           {"https://linkedin.com:443/in/x", "https://www.linkedin.com:/in/x", "linkedin.com:8080/in/x", "https:linkedin.com/in/x", "https:/linkedin.com/in/x"},
		"letters that only look like":      {"https://lіnkedin.com/in/x", "https://linkedin。com/in/x", "https://ｌinkedin.com/in/x", "https://lin\u212aedin.com/in/x", "https://xn--lnkedin-r8a.com/in/x", "https://xn--a.linkedin.com/in/x", "https://é.linkedin.com/in/x", "https://www.linkedin.com\u200e/in/x"},
		"only looks like LinkedIn":         {"https://linkedin.com.evil.test/in/x", "https://evil-linkedin.com/in/x", "https://evillinkedin.com/in/x", "https://linkedin.com-evil.test/in/x", "https://www.linkedin.co/in/x", "linkedin.de", "https://linkedin.evil.test/in/x"},
		"not on LinkedIn":                  {"https://evil.test/in/x", "https://evil.test/linkedin.com/in/x", "https://evil.test?linkedin.com/in/x", "https://evil.test#@linkedin.com/in/x", "https://www.google.com/url?q=https://www.linkedin.com/in/x", "<https://evil.test/in/x|https://www.linkedin.com/in/x>", "evil.test/in/x", "https://linkedln.com/in/x"},
		"misspelt":                         {"https://.linkedin.com/in/x", "https://www..linkedin.com/in/x", "https://..linkedin.com/in/x", "https://a..b.linkedin.com/in/x", `https://evil.test\.linkedin.com/in/x`, "https://linkedin%2Ecom/in/x", "https://evil.test%2F.linkedin.com/in/x", "https://evil_test.linkedin.com/in/x"},
		"lnkd.in link":                     {"lnkd.in/abc", "https://lnkd.in/gXy12", "<https://lnkd.in/gXy12|lnkd.in>", "HTTPS://LNKD.IN/x", "www.lnkd.in/x", "lnkd.in"},
		"LinkedIn itself":                  {"linkedin.com", "https://www.linkedin.com/", "https://www.linkedin.com/?trk=x", "linkedin://", "linkedin.com/comm/"},
		"a company's page":                 {"https://www.linkedin.com/company/acme/", "linkedin.com/COMPANY/acme", "linkedin.com/sales/company/123", "linkedin.com/mwlite/company/acme"},
		"a school's page":                  {"https://www.linkedin.com/school/mit/"},
		"a showcase page":                  {"https://www.linkedin.com/showcase/x/"},
		"the feed":                         {"https://www.linkedin.com/feed/", "https://www.linkedin.com/feed/update/urn:li:activity:7/"},
		"a job":                            {"https://www.linkedin.com/jobs/view/123/"},
		"a post":                           {"https://www.linkedin.com/posts/jane-doe_activity-7"},
		"/in/ is missing":                  {"linkedin.com/in/", "linkedin.com/in", "/in/", "https://www.linkedin.com/in/?trk=x", "linkedin.com/pub/", "linkedin.com/mwlite/in/", "linkedin.com/in/.", "linkedin.com/in/../company/x", "linkedin.com/in/%2e", "linkedin.com/in/%2e%2e/x", "linkedin.com/in/)"},
		"whoever opens it":                 {"linkedin.com/in/me", "linkedin.com/in/ME/", "linkedin.com/in/%6de?x"},
		"goes back up":                     {"linkedin.com/in/foo/../bar", "linkedin.com/in/foo/x/../../bar", "linkedin.com/in//foo/../bar"},
		"Open the profile and copy its /in/ address": {"https://www.linkedin.com/profile/view?id=12345", "linkedin.com/profile/view?id=AAkAAAA", "linkedin://profile/12345"},
		"people with the same name":                  {"linkedin.com/pub/dir/Jane/Doe"},
		"not a profile.":                             {"linkedin.com/search/results/people/?q=x", "linkedin.com/groups/1", "linkedin.com/%69n/x", "linkedin.com/in%2Fx", "linkedin.com/ın/x", `linkedin.com/in\x`, "linkedin.com/sales/search/people", "linkedin.com/sales", "linkedin.com/talent", "linkedin.com/talent/search", "linkedin.com/authwall?sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fin%2Fx"},
		"not a profile's":                            {"urn:li:x", "urn:li:fsd_company:1234", "urn:li:activity:7", "urn:li:fsd_profilePosition:(" + flagshipToken + ",1)"},
		"% in the address is damaged":                {"linkedin.com/in/100%", "linkedin.com/in/%zz", "linkedin.com/in/a%E9b", "linkedin.com/in/a%EF%BF%BDb", "linkedin.com/in/a\xffb", "linkedin.com/sales/lead/%"},
		"encoded twice":                              {"linkedin.com/in/foo%252Dbar", "linkedin.com/in/%25C3%25A9lodie", "linkedin.com/in/100%25"},
		"hides a / ? # or":                           {"linkedin.com/in/foo%2Fbar", "linkedin.com/in/foo%3Fbar", "linkedin.com/in/foo%23bar", "linkedin.com/in/foo%5Cbar", `linkedin.com/in/foo\bar`, "linkedin.com/in/%2Ffoo", "linkedin.com/in/foo%2F"},
		"holds a sign":                               {"linkedin.com/in/foo%3Cbar", "linkedin.com/in/foo%22bar", "linkedin.com/in/a\u037eb"},
		"more than 100 characters":                   {"linkedin.com/in/" + strings.Repeat("a", 101), "linkedin.com/in/" + strings.Repeat("%C3%A9", 101)},
		"not whole":                                  {"linkedin.com/in/ACoAABATcpgB", "linkedin.com/sales/lead/", "linkedin.com/sales/lead/,NAME_SEARCH", "linkedin.com/sales/people/12345", "linkedin.com/talent/profile/", "linkedin.com/talent/profile/a%2Fb", "linkedin.com/talent/profile/" + strings.Repeat("a", 101), "urn:li:fsd_profile:", "urn:li:fsd_profile:x"},
	} {
		for _, address := range addresses {
			p, err := linkedin.Parse(address)
			var refused *linkedin.AddressError
			if !errors.As(err, &refused) {
				t.Errorf("Parse(%q) = %q, %v, want %q", address, p, err, words)
				continue
			}
			if p != (linkedin.Profile{}) {
				t.Errorf("Parse(%q) has profile %q besides an error", address, p)
			}
			if !strings.Contains(refused.Reason, words) {
				t.Errorf("Parse(%q): %q, want %q", address, refused.Reason, words)
			}
		}
	}
}

// The longest slugs that are still taken, in one byte, in four, and encoded.
func TestLongestSlug(t *testing.T) {
	for _, c := range []string{"a", "é", "🚀"} {
		slug := strings.Repeat(c, 100)
		if got := key(t, "linkedin.com/in/"+slug); got != "in:"+slug {
			t.Errorf("%s: got %q", c, got)
		}
	}
	if got := key(t, "linkedin.com/in/"+strings.Repeat("%F0%9F%9A%80", 100)); got != "in:"+strings.Repeat("🚀", 100) {
		t.Errorf("got %q", got)
	}
}

// A log line must not name a prospect.
func TestErrorNamesNobody(t *testing.T) {
	_, err := linkedin.Parse("https://evil.test/in/jane-doe-secret")
	if err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "evil") || !strings.HasPrefix(err.Error(), "linkedin: ") {
		t.Errorf("got %v", err)
	}
}
