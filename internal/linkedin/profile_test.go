package linkedin_test

import (
	"testing"

	"github.com/paceline/paceline/internal/linkedin"
)

func key(t *testing.T, address string) string {
	t.Helper()
	p, err := linkedin.Parse(address)
	if err != nil {
		t.Fatalf("Parse(%q): %v", address, err)
	}
	return p.Key
}

// Each row is one person, in every form that must give the one key.
func TestSamePerson(t *testing.T) {
	for want, addresses := range map[string][]string{
		"in:foo-bar": {
			"https://www.linkedin.com/in/Foo-Bar/", "http://www.linkedin.com/in/foo-bar", "linkedin.com/in/foo-bar",
			"www.linkedin.com/in/foo-bar", "HTTPS://WWW.LinkedIn.COM/IN/FOO-BAR", "//www.linkedin.com/in/foo-bar",
			"/in/foo-bar/", "/IN/foo-bar", "https://www.linkedin.com//in//foo-bar",
			// hosts
			"https://uk.linkedin.com/in/foo-bar", "https://in.linkedin.com/in/foo-bar", "fr.linkedin.com/in/foo-bar",
			"https://m.linkedin.com/in/foo-bar", "https://www.linkedin.com./in/foo-bar", "linkedin.com./in/foo-bar",
			"https://de.www.linkedin.com/in/foo-bar",
			// other doors to the same profile
			"https://www.linkedin.com/mwlite/in/foo-bar", "https://www.linkedin.com/comm/in/foo-bar?midToken=AQF&midSig=1",
			"https://www.linkedin.com/comm/mwlite/in/foo-bar", "https://www.linkedin.com/pub/foo-bar/1/2a/3b4",
			"https://www.linkedin.com/pub/foo-bar", "linkedin://in/foo-bar", "LinkedIn://in/Foo-Bar/",
			// behind the slug
			"https://www.linkedin.com/in/foo-bar/details/experience", "https://www.linkedin.com/in/foo-bar/en/",
			"https://www.linkedin.com/in/foo-bar/recent-activity/all/", "https://www.linkedin.com/in/foo-bar/overlay/contact-info/",
			"https://www.linkedin.com/in/foo-bar#experience", "https://www.linkedin.com/in/foo-bar/#",
			"https://www.linkedin.com/in/foo-bar?", "https://www.linkedin.com/in/foo-bar?trk=public_profile&originalSubdomain=uk",
			"https://www.linkedin.com/in/foo-bar/?lipi=urn%3Ali%3Apage%3Ad&miniProfileUrn=urn%3Ali%3Afs_miniProfile%3AACoAABATcpgB",
			"https://www.linkedin.com/in/foo-bar?utm_source=share&utm_medium=ios&utm_content=100%",
			"https://www.linkedin.com/in/foo-bar?next=https://evil.test/in/other",
			"https://www.linkedin.com/in/foo-bar?name=Jane%0ADoe…",
			// encoding
			"https://www.linkedin.com/in/%66oo%2Dbar", "https://www.linkedin.com/in/FOO%2dBAR",
			// Slack
			"<https://www.linkedin.com/in/foo-bar>", "<https://www.linkedin.com/in/foo-bar|linkedin.com/in/foo-bar>",
			"<https://www.linkedin.com/in/foo-bar|https://evil.test/in/other>", "<https://www.linkedin.com/in/foo-bar|Foo",
			"<https://www.linkedin.com/in/foo-bar|Foo Bar>", "<http://linkedin.com/in/foo-bar|linkedin.com/in/foo-bar>,",
			"<https://www.linkedin.com/in/foo-bar?a=1&amp;b=2>", "https://www.linkedin.com/in/foo-bar/?a=1&amp;b=2&amp;",
			"&lt;<https://www.linkedin.com/in/foo-bar>&gt;", "&lt;https://www.linkedin.com/in/foo-bar&gt;",
			"_<https://www.linkedin.com/in/foo-bar>_", "*<https://www.linkedin.com/in/foo-bar>*",
			// around it
			" \t\nhttps://www.linkedin.com/in/foo-bar \r\n", "\u00a0linkedin.com/in/foo-bar\u00a0",
			"https://www.linkedin.com/in/foo-bar,", "https://www.linkedin.com/in/foo-bar.", "(linkedin.com/in/foo-bar)",
			"(linkedin.com/in/foo-bar).", "linkedin.com/in/foo-bar!?;:", "“linkedin.com/in/foo-bar”", "`linkedin.com/in/foo-bar`",
			"_linkedin.com/in/foo-bar_", "~linkedin.com/in/foo-bar~", "\u200elinkedin.com/in/foo-bar", "\ufefflinkedin.com/in/foo-bar",
			"https://www.linkedin.com/in/foo-bar)?trk=x", "https://www.linkedin.com/in/foo-bar%29",
		},
		"in:élodie-martin": {
			"https://www.linkedin.com/in/%C3%A9lodie-martin", "https://www.linkedin.com/in/%c3%89LODIE-martin/",
			"linkedin.com/in/élodie-martin", "linkedin.com/in/e\u0301lodie-martin", "linkedin.com/in/E%CC%81lodie-Martin",
		},
		"in:홍길동-1a2b": {
			"https://kr.linkedin.com/in/%ED%99%8D%EA%B8%B8%EB%8F%99-1a2b", "linkedin.com/in/홍길동-1A2B",
			"linkedin.com/in/\u1112\u1169\u11bc길동-1a2b", // the first syllable in three jamo
		},
		"in:иван-петров": {
			"https://ru.linkedin.com/in/%D0%B8%D0%B2%D0%B0%D0%BD-%D0%BF%D0%B5%D1%82%D1%80%D0%BE%D0%B2", "linkedin.com/in/ИВАН-Петров",
		},
		"in:i\u0307pek": {"linkedin.com/in/i%CC%87pek", "linkedin.com/in/%C4%B0pek", "linkedin.com/in/İPEK", "linkedin.com/in/I\u0307pek"},
		"in:ẖ":          {"linkedin.com/in/ẖ", "linkedin.com/in/h\u0331", "linkedin.com/in/H\u0331"},
		"in:jane\u200e": {"linkedin.com/in/jane%E2%80%8E", "https://www.linkedin.com/in/Jane\u200e/"},
		"in:x":          {"linkedin.com/in/x", "linkedin.com/mwlite/in/x", "linkedin.com/comm/in/x?midToken=1", "linkedin.com/pub/x/1/2a/3b4", "linkedin://in/x"},
		"in:a_b.c'd&e+": {"linkedin.com/in/a_b.c'd&e+", "linkedin.com/in/A_B.C%27D&amp;E%2B"},
		"in:foo_":       {"linkedin.com/in/foo_", "linkedin.com/in/foo_/"},
		"in:-foo-":      {"linkedin.com/in/-foo-", "linkedin.com/in/-foo-."},
		"in:acoaaron":   {"linkedin.com/in/acoaaron", "linkedin.com/in/Acoaaron"},
		"in:pub":        {"linkedin.com/in/pub", "linkedin.com/in/PUB/x"},
	} {
		for _, address := range addresses {
			if got := key(t, address); got != want {
				t.Errorf("Parse(%q) has key %q, want %q", address, got, want)
			}
			if !linkedin.Looks(address) {
				t.Errorf("Looks(%q) is false", address)
			}
		}
	}
}

// No two addresses of a row may have one key.
func TestDifferentPeople(t *testing.T) {
	for _, row := range [][]string{
		{"linkedin.com/in/foo-bar", "linkedin.com/in/foobar", "linkedin.com/in/foo_bar", "linkedin.com/in/foo-bar-1", "linkedin.com/in/foo-ba"},
		{"linkedin.com/in/jane", "linkedin.com/in/jane%E2%80%8E", "linkedin.com/in/jane%E2%80%8F", "linkedin.com/in/j%C3%A1ne"},
		{"linkedin.com/in/ivan", "linkedin.com/in/іvan", "linkedin.com/in/iván", "linkedin.com/in/ıvan"},
		{"linkedin.com/in/foo", "linkedin.com/in/foo_", "linkedin.com/in/_foo", "linkedin.com/in/-foo", "linkedin.com/in/foo-"},
		{"linkedin.com/in/269709976", flagshipToken, "linkedin.com/in/m-269709976"},
		{"linkedin.com/in/" + flagshipToken, "linkedin.com/in/" + token(0x2a, 269709977)},
		{"linkedin.com/talent/profile/AEMAAx", "linkedin.com/talent/profile/AEMAAX", "linkedin.com/in/aemaax"},
	} {
		seen := map[string]string{}
		for _, address := range row {
			if address == flagshipToken {
				address = "urn:li:fsd_profile:" + address
			}
			k := key(t, address)
			if before, ok := seen[k]; ok {
				t.Errorf("%q and %q both have key %q", before, address, k)
			}
			seen[k] = address
		}
	}
}

func TestShown(t *testing.T) {
	for k, want := range map[string]string{
		"in:foo-bar":                   "linkedin.com/in/foo-bar",
		"in:élodie":                    "linkedin.com/in/élodie",
		"in:jane\u200e\u202edoe\u2066": "linkedin.com/in/janedoe",
		"in:a\x00\u0085b":              "linkedin.com/in/ab",
		"in:a\ufeffb":                  "linkedin.com/in/ab",
		"in:नि\u200dता":                "linkedin.com/in/नि\u200dता",
		"m:269709976":                  "LinkedIn member 269709976",
		"talent:AEMAAshort":            "Recruiter profile AEMAAshort",
		"talent:AEMAABATcpgBxxxxw7Xk":  "Recruiter profile AEMAABAT…w7Xk",
		"something\u200e else":         "something else",
		"":                             "",
	} {
		if got := linkedin.Shown(k); got != want {
			t.Errorf("Shown(%q) = %q, want %q", k, got, want)
		}
	}
	p, err := linkedin.Parse("https://www.linkedin.com/in/Jane%E2%80%8E-Doe")
	if want := (linkedin.Profile{Key: "in:jane\u200e-doe", Shown: "linkedin.com/in/jane-doe"}); err != nil || p != want {
		t.Errorf("got %q, %v, want %q", p, err, want)
	}
}

func TestLooks(t *testing.T) {
	for _, word := range []string{
		"linkedin.com", "LINKEDIN.de", "https://evil.test", "<https://evil.test|x>", "ftp://x", "lnkd.in/abc", "LNKD.IN",
		"urn:li:member:1", "URN:LI:x", "/in/jane", "evil.test/in/x", "lіnkedin.com/in/x", "linkedin..linkedin.com",
		"jane@linkedin.com", "linkedin.com,",
	} {
		if !linkedin.Looks(word) {
			t.Errorf("Looks(%q) is false", word)
		}
	}
	for _, word := range []string{
		"", "8", "14:00", "2026-11-13", "yesterday", "undo", "linkedin", "LinkedIn.", "linkedin.)", "linkedin...", "in", "/in", "in/out",
		"and/or", "@ana", "<@U123|ana>", "<#C1|in>", "1/2", "note.", "mon.", "urn:", "li:", "link.in", "+5",
	} {
		if linkedin.Looks(word) {
			t.Errorf("Looks(%q) is true", word)
		}
	}
}
