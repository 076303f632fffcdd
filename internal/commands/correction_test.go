package commands

import (
	"regexp"
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

// What a slip offers to type keeps what was typed, the quotes too, and is understood.
func TestCorrections(t *testing.T) {
	const fine = "It holds from now on|^Saved\\.|^ana's account: "
	for line, want := range map[string]string{
		`policy set pac 50 "quarter end"`:              `policy set pace 50 "quarter end"`,
		`policy set pac 50 "x"`:                        `policy set pace 50 "x"`,
		`policy set pac 50 “x”`:                        `policy set pace 50 "x"`,
		`policy set pac 50 x`:                          `policy set pace 50 x`,
		`policy set pac`:                               `policy set pace 60 "why"`,
		`policy set pac 50`:                            `policy set pace 50 "why"`,
		`policy set pac 50 ""`:                         `policy set pace 50 "why"`,
		`policy set pac off "<b> & until fri"`:         `policy set pace off "&lt;b&gt; &amp; until fri"`,
		`policy set pace fifty "x"`:                    `policy set pace 60 "x"`,
		`policy set budget 60 ""`:                      `policy set budget 60 "why"`,
		`policy preset quikmail "they know"`:           `policy preset quickmail "they know"`,
		`policy preset plan "old friends" confirm`:     `policy preset plans "old friends" confirm`,
		`policy budget 60 "x"`:                         `policy set budget 60 "x"`,
		`policy last 7 days 90 "x"`:                    `policy set 7days 90 "x"`,
		`policy budget to 60 "x"`:                      `policy set budget to 60 "x"`,
		`policy budget`:                                `policy set budget 60 "why"`,
		`policy page 50 "x"`:                           `policy set pages 50 "x"`,
		`policy quickmail "x"`:                         `policy preset quickmail "x"`,
		`policy limit @ana 40 "x"`:                     `team limit @ana 40 "x"`,
		`team set budget 60 "x"`:                       `policy set budget 60 "x"`,
		`limit @ana 40 "x"`:                            `team limit @ana 40 "x"`,
		`limit <@UANA> 40 until fri "x"`:               `team limit @ana 40 until fri "x"`,
		`limit <@UANA|somebody> 40 "x"`:                `team limit @ana 40 "x"`,
		`account @ana free "x"`:                        `team account @ana free "x"`,
		`account free`:                                 `settings account free`,
		`preset quickmail`:                             `policy preset quickmail`,
		`set budget 60 "x"`:                            `policy set budget 60 "x"`,
		`recap on`:                                     `settings recap on`,
		`team limit ana 40 ""`:                         `team limit @ana 40 "why"`,
		`team limit ana 40 until fri "" ""`:            `team limit @ana 40 until fri "why"`,
		`team limit ana forty until fri "x"`:           `team limit @ana 40 until fri "x"`,
		`team limit 40 @ana`:                           `team limit @ana 40 "why"`,
		`team account ana free ""`:                     `team account @ana free "why"`,
		`team account ana "sales navigator" billing 4`: `team account @ana "sales navigator" billing 4 "why"`,
	} {
		s := staged(t)
		who := "UMIA"
		if !regexp.MustCompile(`^(policy|team|limit|preset|set|account @)`).MatchString(line) {
			who = "UANA"
		}
		was := s.state()
		r := s.slash(who, "/paceline "+line)
		s.want(r, "`/paceline "+regexp.QuoteMeta(want)+"`", "Nothing changed\\.$")
		s.unchanged(was, line)
		s.want(s.slash(who, "/paceline "+strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(want)), fine)
	}
}

// The words for kinds stand for the limits on them.
func TestLimitsByKind(t *testing.T) {
	for word, want := range map[string]string{
		"page": "Page invites: ", "pages": "Page invites: ", "page invites": "Page invites: ", "note": "Invites with a note: ", "inmails": "InMail credits: ", "message": "Messages: ", "msgs": "Messages: ", "pace": "Daily pace: ",
	} {
		s := staged(t)
		s.want(s.slash("UMIA", "/paceline policy set "+word+` 50 "x"`), "^"+want+"50 .*Reason: “x”")
		s.want(s.slash("UMIA", "/paceline policy reset "+word+` "x"`), "^"+want)
	}
	s := staged(t)
	s.want(s.slash("UMIA", `/paceline policy set invite 50 "x"`), "^I don't know the limit “invite”\\. The preset in force")
	s.slash("UMIA", "/paceline policy preset guide")
	s.want(s.slash("UMIA", `/paceline policy set message 50 "x"`), "^I don't know the limit “message”\\. The preset in force")
	for _, p := range quota.Presets() {
		seen := map[string]string{}
		for _, l := range settable(p) {
			for _, w := range limitWords(l) {
				if other := seen[w]; other != "" && other != l.Name {
					t.Errorf("%s: %s stands for %s and %s", p.Name, w, other, l.Name)
				}
				seen[w] = l.Name
			}
		}
	}
}

// A name that nobody has is answered with how the verb is written in which it stands.
func TestUnknownPerson(t *testing.T) {
	s := staged(t)
	was := s.state()
	for line, want := range map[string]string{
		`/paceline team limit @zoe 40 "x"`:     "^I don't know “@zoe”\\. Write it like `/paceline team limit @ana 40 \"new account\"`, and pick the name from Slack's list after `@`\\. Nothing changed\\.$",
		`/paceline team limit 40 @zoe "x"`:     "^I don't know “@zoe”\\. Write it like `/paceline team limit @ana 40",
		`/paceline team limit 40 "x"`:          "^I don't know “40”\\. Write it like `/paceline team limit @ana 40",
		`/paceline team account @zoe free "x"`: "^I don't know “@zoe”\\. Write it like `/paceline team account @ana sales-navigator \"why\"`, and pick",
		`/paceline team @zoe`:                  "^I don't know “@zoe”\\. Write `/paceline team @name` and pick the name from Slack's list\\.$",
		`/budget @zoe`:                         "^I don't know “@zoe”\\. Write `/budget` for your own card",
		`/budget why @zoe`:                     "^I don't know “@zoe”\\. Write `/budget` for your own card",
		`/paceline setup managers @zoe`:        "^I could not tell who “@zoe” is",
	} {
		s.want(s.slash("UMIA", line), want)
		s.unchanged(was, line)
	}
	for _, line := range []string{`40 @ben "x"`, `40 <@UBEN> "x"`, `@ben 40 "x"`, `40 @ben until fri "x"`} {
		s := staged(t)
		s.want(s.slash("UMIA", "/paceline team limit "+line), "^ben: a limit of 40 a week now.* Reason: “x”")
	}
	s.want(s.slash("UMIA", `/paceline team limit clear @ben "x"`), "^ben has no limit of their own")
}
