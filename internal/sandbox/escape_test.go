package sandbox

import "testing"

func TestEscape(t *testing.T) {
	for typed, sent := range map[string]string{
		"":                             "",
		"8 yesterday":                  "8 yesterday",
		"@ana":                         "<@UANA000001|ana>",
		"@ANA 3":                       "<@UANA000001|ana> 3",
		"limit @ana, @Ben.":            "limit <@UANA000001|ana>, <@UBEN000001|ben>.",
		"(@mia)":                       "(<@UMIA000001|mia>)",
		"@ana's":                       "<@UANA000001|ana>'s",
		"@anabel":                      "@anabel",
		"@ana-maria":                   "@ana-maria",
		"@ana.b":                       "@ana.b",
		"@paceline help":               "<@UPACELINE1|paceline> help",
		"@nobody":                      "@nobody",
		"@":                            "@",
		"jane@ana.example":             "jane@ana.example",
		"jane@linkedin.com":            "jane@linkedin.com",
		"#outreach":                    "<#COUTREACH1|outreach>",
		"#General!":                    "<#CGENERAL01|general>!",
		"#outreachers":                 "#outreachers",
		"# 3":                          "# 3",
		"a & b < c > d":                "a &amp; b &lt; c &gt; d",
		"<@UANA000001>":                "&lt;@UANA000001&gt;",
		"https://linkedin.com/in/jane": "<https://linkedin.com/in/jane>",
		"see https://www.linkedin.com/in/jane-doe/?a=1&b=2.": "see <https://www.linkedin.com/in/jane-doe/?a=1&amp;b=2>.",
		"(https://linkedin.com/in/j)":                        "(<https://linkedin.com/in/j>)",
		"https://x.example/a_(b)":                            "<https://x.example/a_(b)>",
		"HTTPS://LinkedIn.com/in/x":                          "<HTTPS://LinkedIn.com/in/x>",
		"linkedin.com/in/x":                                  "<http://linkedin.com/in/x|linkedin.com/in/x>",
		"LinkedIn.com/in/x, 3":                               "<http://LinkedIn.com/in/x|LinkedIn.com/in/x>, 3",
		"de.linkedin.com/in/jürgen-müller":                   "<http://de.linkedin.com/in/jürgen-müller|de.linkedin.com/in/jürgen-müller>",
		"www.linkedin.com/in/x":                              "<http://www.linkedin.com/in/x|www.linkedin.com/in/x>",
		"www.firma.berlin":                                   "<http://www.firma.berlin|www.firma.berlin>",
		"linkedin.com":                                       "<http://linkedin.com|linkedin.com>",
		"linkedin.com.":                                      "<http://linkedin.com|linkedin.com>.",
		"linkedin.community":                                 "linkedin.community",
		"linkedin.com/in/a linkedin.com/in/b":                "<http://linkedin.com/in/a|linkedin.com/in/a> <http://linkedin.com/in/b|linkedin.com/in/b>",
		"https://linkedin.com/in/@ana":                       "<https://linkedin.com/in/@ana>",
		"3.5 e.g. 14:00":                                     "3.5 e.g. 14:00",
		"://x":                                               "://x",
		"http://":                                            "http://",
		"a\nb":                                               "a\nb",
		"\xff@ana":                                           "\xff<@UANA000001|ana>",
	} {
		if got := escape(typed); got != sent {
			t.Errorf("%q\n got %q\nwant %q", typed, got, sent)
		}
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("@ana #outreach https://x.y/(z) a@b.com & <>")
	f.Fuzz(func(t *testing.T, typed string) { escape(typed) })
}
