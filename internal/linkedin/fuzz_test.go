package linkedin_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/paceline/paceline/internal/linkedin"
)

// checkProfile holds the laws of every profile that Parse returns.
func checkProfile(t *testing.T, p linkedin.Profile) {
	t.Helper()
	if !utf8.ValidString(p.Key) || strings.ContainsAny(p.Key, `/?#\%<>|,;"`) {
		t.Errorf("key %q holds a sign that no key may hold", p.Key)
	}
	for _, r := range p.Key {
		if unicode.IsControl(r) || unicode.IsSpace(r) {
			t.Errorf("key %q holds %U", p.Key, r)
		}
	}
	for _, r := range p.Shown {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			t.Errorf("shown %q holds %U", p.Shown, r)
		}
	}
	if p.Shown != linkedin.Shown(p.Key) {
		t.Errorf("shown %q, but Shown gives %q", p.Shown, linkedin.Shown(p.Key))
	}
	if token, ok := strings.CutPrefix(p.Key, "talent:"); ok {
		same(t, p.Key, "https://www.linkedin.com/talent/profile/"+token)
		return
	}
	slug, ok := strings.CutPrefix(p.Key, "in:")
	if !ok {
		if !strings.HasPrefix(p.Key, "m:") {
			t.Errorf("key %q is of no kind", p.Key)
		}
		return
	}
	if slug == "" || utf8.RuneCountInString(slug) > 100 {
		t.Errorf("key %q has an empty or overlong slug", p.Key)
	}
	same(t, p.Key, "https://www.linkedin.com/in/"+slug)
	same(t, p.Key, "<https://uk.linkedin.com/in/"+url.PathEscape(slug)+"/?a=b&amp;c=d|label>,")
	same(t, p.Key, "linkedin.com/in/"+strings.ReplaceAll(slug, "&", "&amp;"))
}

func same(t *testing.T, key, address string) {
	t.Helper()
	if p, err := linkedin.Parse(address); err != nil || p.Key != key {
		t.Errorf("Parse(%q) = %q, %v, want key %q", address, p, err, key)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "https://www.linkedin.com/in/Foo-Bar/?trk=x", "<https://uk.linkedin.com/in/%C3%A9lodie-martin|l>", "linkedin://in/x",
		"linkedin.com/in/" + flagshipToken, "urn:li:fsd_profile:" + flagshipToken, "linkedin.com/sales/lead/" + salesToken + ",NAME_SEARCH,x",
		"linkedin.com/talent/profile/AEMAA-x", "linkedin.com/in/i%CC%87pek", "linkedin.com/in/H\u0331", "linkedin.com/in/a%26amp%3Bb",
		"linkedin.com/in/a\u232a", "_<https://linkedin.com/in/x_>_", "&lt;/in/jane&gt;", "linkedin.com/in/a...", "linkedin.com/in/foo%252D",
		"https://linkedin.com@evil.test/in/x", "urn:liprofile:" + flagshipToken, "linkedin.com/in/acoaabatcpgbaaaaaaaaaaaaaaaaaaaaaaaaaa\u212a", "lnkd.in/x",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		for _, a := range []string{address, "linkedin.com/in/" + address} {
			p, err := linkedin.Parse(a)
			if err != nil {
				var refused *linkedin.AddressError
				if !errors.As(err, &refused) || refused.Reason == "" || p != (linkedin.Profile{}) {
					t.Errorf("Parse(%q) = %q, %#v", a, p, err)
				}
				continue
			}
			checkProfile(t, p)
			if !linkedin.Looks(a) {
				t.Errorf("Parse takes %q, but Looks is false", a)
			}
		}
		for _, r := range linkedin.Shown(address) {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("Shown(%q) holds %U", address, r)
			}
		}
	})
}

// Every character but the ideographs and Hangul, which have neither case nor marks: alone, within a slug,
// before a mark that composes, and where it would make a token.
func TestEveryCharacter(t *testing.T) {
	for r := rune(1); r < 0x20000; r++ {
		if !utf8.ValidRune(r) || 0x3400 <= r && r < 0xa000 || 0xac00 <= r && r < 0xd7a4 {
			continue
		}
		slugs := []string{string(r), "a" + string(r) + "b"}
		if r < 0x3000 { // letters with case and compositions with marks are all below, but for a few scripts
			slugs = append(slugs, string(r)+"\u0331", string(r)+"\u0307", "acoaa"+strings.Repeat("b", 33)+string(r))
		}
		for _, slug := range slugs {
			if p, err := linkedin.Parse("linkedin.com/in/" + slug); err == nil {
				checkProfile(t, p)
			}
		}
		if t.Failed() {
			t.Fatalf("at %U", r)
		}
	}
}
