package commands

import (
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

// What is typed finds its verb, by any of the commands and without one.
func TestUnderstanding(t *testing.T) {
	const logged, card, why, help, menu = `^Logged`, `^73 left this week\.\n?`, `^73 left this week\. That is the smallest room`, "keeps your LinkedIn invites inside", "^What would you like to do"
	for in, want := range map[string]string{
		"/sent": logged + ` 1\.`, "/sent 8": logged + ` 8\.`, "/SENT 8": logged + ` 8\.`, "/sent yesterday": logged + " 1 for yesterday",
		"/sent note": logged + " 1 invite with a note", "/sent undo": "^Undid 2", "/sent Undo.": "^Undid 2", "/sent undo 5": "stands alone",
		"/sent why": why, "/sent help": "log what you have just sent", "/sent ?": "log what you have just sent", "/sent help 5": "log what you have just sent",
		"/sent confirm": "Write the number", "/sent budget": "I don't know “budget”",
		"/budget": card, "/budget why": why, "/budget why?": why, "/budget help": "what you have left", "/budget why 5": "shows every limit on your invites", "/budget 5": "only shows what is left", "/budget undo": "only shows what is left",
		"/budget @ana @ben": "one person at a time",
		"/paceline":         menu, "/paceline help": help, "/paceline HELP!": help, "/paceline ?": help, "/paceline help sent": "log what you have just sent",
		"/paceline help me": "I don't know “me”", "/paceline sent 3": logged + ` 3\.`, "/paceline log 3": logged + ` 3\.`, "/paceline 3": logged + ` 3\.`,
		"/paceline sent undo": "^Undid 2", "/paceline undo": "^Undid 2", "/paceline budget": card, "/paceline left": card, "/paceline budget why": why,
		"/paceline why": why, "/paceline menu": menu, "/paceline dance": "I don't know “dance”.*`/sent 5`", "/paceline snet 5": "Did you mean `sent`",
		"/paceline linkedin.com/in/a": logged + ` 1 \(linkedin.com/in/a\)`, `/paceline ""`: "I don't know “”",
		"8": logged + ` 8\.`, "+5": logged + ` 5\.`, "8 yesterday": logged + " 8 for yesterday", "undo": "^Undid 2", "undo!": "^Undid 2", "budget": card, "left?": card,
		"why?": why, "budget why": why, "": help, "   ": help, "help": help, "sent": logged + ` 1\.`, "sent 5": logged + ` 5\.`, "sent 5 more": logged + ` 5\.`,
		"i sent 5": logged + ` 5\.`, " /sent 5": logged + ` 5\.`, " /budget": card, " /paceline": menu, "settings": "^Your time zone: Europe/Berlin",
		"2 inmails": logged + " 2 InMails", "-3": "at least 1", "five": "in digits", "8 yestrday": "Did you mean `yesterday`", "yesterday 5 foo": "I don't know “foo”",
		"<@UBEN> 5": "everybody logs their own", "Talked to Jane linkedin.com/company/acme": "company's page",
		"Nice to meet Jane linkedin.com/in/jane": logged + ` 1 \(linkedin.com/in/jane\)`,
		// What a person may say without meaning a log.
		"and": "I don't know “and”", "the": "I don't know “the”", "confirm": "Write the number|I don't know", "thanks!": "^You're welcome", "hello": "^Hello!", "is https://www.linkedin.com/in/joe-x taken?": "^That reads like a question", "what is left?": "left this week", "accepted https://www.linkedin.com/in/joe-x": "^Recorded 1 accepted", "check https://www.linkedin.com/in/joe-x": "I can't do “check” yet", "withdrawn 3": "^Recorded 3 withdrawn", "/paceline check https://www.linkedin.com/in/joe-x": "I can't do “check” yet", "5 tomorrow": "has not come yet",
		"today": "^How many\\?", "monday": "^How many\\?", "message": "^How many\\?", "a note": "^How many\\?", "now": "^How many\\?", "14:00": "^How many\\?",
		"message for you": "I don't know “you”", "on": "I don't know “on”", "“”": "I don't know “”", "🎉": "I don't know “🎉”",
	} {
		t.Run(in, func(t *testing.T) {
			s := staged(t)
			was := s.state()
			var r Reply
			if strings.HasPrefix(in, "/") {
				r = s.slash("UANA", in)
			} else {
				r = s.dm("UANA", in)
			}
			s.want(r, want)
			if !does.MatchString(r.Text) {
				s.unchanged(was, in)
			}
		})
	}
}

// More than the ceiling at once is asked about, and only a yes counts.
func TestConfirm(t *testing.T) {
	s := staged(t)
	was := s.state()
	for text, want := range map[string]string{
		"101":          "^Log 101 at once\\? That is more than the whole ceiling of about 100 a week, so nothing is logged yet\\.",
		"101 note":     "^Log 101 invites with a note at once\\? That is more than the whole ceiling",
		"101 messages": "^Log 101 messages at once\\? That is a lot for one log, so",
	} {
		r := s.slash("UANA", "/sent "+text)
		s.want(r, want, "type it again with `confirm` behind it\\.$")
		s.unchanged(was, text)
		s.want(s.press("UANA", r, "cancel"), "^Nothing was logged")
		s.want(s.press("UBEN", r, "confirm"), "too old for me")
		s.unchanged(was, text)
	}
	ask := s.slash("UANA", "/sent 101 messages yesterday")
	first := s.press("UANA", ask, "confirm")
	s.want(first, "^Logged 101 messages for yesterday")
	if !first.Replace {
		t.Error("the question still stands")
	}
	now := s.state()
	if again := s.press("UANA", ask, "confirm"); again.Text != first.Text {
		t.Errorf("a second yes: %q", again.Text)
	}
	s.unchanged(now, "a second yes")
	for _, yes := range []string{"/sent 101 confirm", "/sent confirm 101", "/paceline 150 confirm"} {
		s.want(s.slash("UANA", yes), "^Logged 1[05]")
	}
	// Text around more than a hundred addresses is asked about as well, and yes is understood.
	var text strings.Builder
	text.WriteString("my list ")
	for i := range 101 {
		text.WriteString("linkedin.com/in/" + strings.Repeat("x", i%2+1) + string(rune('a'+i%26)) + string(rune('a'+i/26)) + " ")
	}
	ask = s.dm("UANA", text.String())
	s.want(ask, "^Log 101 at once")
	s.want(s.press("UANA", ask, "confirm"), "^Logged 101 ")
	s.want(s.dm("UBEN", text.String()+" confirm"), "^Logged 101 ")
}

// A direct message is answered on the log card; so is a press on it. A press elsewhere is answered there, and
// the card is brought up to date.
func TestLogCard(t *testing.T) {
	s := staged(t)
	r := s.dm("UANA", "5")
	if !r.Card || r.Replace {
		t.Fatalf("the first answer: %+v", r)
	}
	s.want(r, "^Logged 5\\. 68 left this week \\(7 of a budget of 75\\)\\. Today: 7 of a daily pace of 20\\.$")
	card := quota.Place{Channel: "DANA", TS: "10.1"}
	if _, err := s.bot.CardPosted(t.Context(), s.dmRequest("UANA", "5"), card); err != nil {
		t.Fatal(err)
	}
	press := func(on Reply, at quota.Place, action string) Reply {
		t.Helper()
		return s.check(s.bot.Press(t.Context(), s.dmRequest("UANA", ""), Press{Action: action, Value: s.button(on, action).Value, In: at}))
	}
	r = press(r, card, "log_10")
	if !r.Card || !r.Replace || r.Update != nil {
		t.Errorf("a press on the card: card %v, replace %v, update %v", r.Card, r.Replace, r.Update)
	}
	s.want(r, "^Logged 10\\. 58 left")
	r = s.dm("UANA", "budget")
	if !r.Card || !has(r, "log_10") {
		t.Errorf("the budget in a direct message: %+v", r)
	}

	ask := s.dm("UANA", "101")
	elsewhere := quota.Place{Channel: "DANA", TS: "11.1"}
	r = press(ask, elsewhere, "confirm")
	s.want(r, "^Logged 101\\. 0 left")
	if r.Card || !r.Replace || r.Update == nil || r.Update.At != card || !strings.HasPrefix(r.Update.Text, "0 left") {
		t.Errorf("a yes below a question: card %v, replace %v, update %+v", r.Card, r.Replace, r.Update)
	}
	r = press(r, elsewhere, "undo")
	s.want(r, "^Undid 101")
	if r.Card || r.Update == nil || !strings.HasPrefix(r.Update.Text, "58 left") {
		t.Errorf("an undo below it: %+v", r)
	}
	r = press(s.dm("UANA", "menu"), elsewhere, "card")
	if r.Card || r.Replace || !has(r, "why") {
		t.Errorf("the card out of the menu: %+v", r)
	}
	// A slash command elsewhere brings the card up to date, with buttons of its own.
	r = s.slash("UANA", "/sent 5")
	if r.Card || r.Update == nil || r.Update.At != card {
		t.Fatalf("a slash command: %+v", r)
	}
	below, above := s.button(r, "log_5").Value, s.button(Reply{Blocks: r.Update.Blocks}, "log_5").Value
	if below == above {
		t.Error("the answer and the card share an operation id")
	}
	was := s.left("UANA")
	s.pressValue("UANA", "log_5", below)
	s.pressValue("UANA", "log_5", above)
	s.pressValue("UANA", "log_5", above)
	if now := s.left("UANA"); now != was-10 {
		t.Errorf("%d left before, %d after +5 here, +5 there and a double click", was, now)
	}
}

// Somebody unknown logs first and is then told where; one button leaves again.
func TestNewcomer(t *testing.T) {
	s := empty(t)
	r := s.slash("UDAN", "/sent 3")
	s.want(r, "^Logged 3\\. 72 left", "You are the first here: I made the team “Outreach”", "/paceline setup")
	s.want(s.press("UDAN", r, "leave"), "^You left the team\\. What you logged stays yours")
	s.want(s.press("UDAN", r, "leave"), "^You left the team")
	s.want(s.slash("UDAN", "/budget"), "^72 left")
	s.want(s.slash("UDAN", "/sent"), "^Logged 1\\. 71 left", "You joined the team “Outreach”")
	s = staged(t)
	r = s.dm("UDAN", "3")
	s.want(r, "You joined the team “Outreach”")
	if !r.Card || !has(r, "leave") || !has(r, "log_10") {
		t.Errorf("the first card: %+v", r)
	}
	home := s.check(s.bot.Open(t.Context(), s.request("UOLA", "", "")))
	if has(home, "undo") || has(home, "leave") {
		t.Error("an undo of nothing")
	}
	r = s.press("UOLA", home, "log_1")
	s.want(r, "^Logged 1\\. 74 left", "You joined")
	if r.Home == nil || !has(r, "undo") || !has(r, "leave") {
		t.Errorf("Home after the first log: %+v", r)
	}
	r = s.press("UOLA", r, "leave")
	s.want(r, "^You left the team")
	if r.Modal == nil {
		t.Error("nothing tells on Home that they left")
	}
}
