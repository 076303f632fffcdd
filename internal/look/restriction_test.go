package look

import (
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func TestRestrictedAndLifted(t *testing.T) {
	d := diaryAt(t, "2026-11-24 09:05")
	d.log("ana", quota.Log{Quantity: 101})
	restrict := func(until time.Time) Message {
		t.Helper()
		c, err := d.book.Restrict(t.Context(), d.who("ana"), "restrict/"+until.String(), d.at, until)
		if err != nil {
			t.Fatal(err)
		}
		m := Restricted(c, names)
		complete(t, m)
		if first := leftFirst.FindStringSubmatch(m.Text); first == nil || first[1] != "0" {
			t.Errorf("the first number left: %q", m.Text)
		}
		card := LogCard(m, c.Standing)
		complete(t, card)
		if strings.Count(card.Text, "0 left") != 1 {
			t.Errorf("the card says it twice: %q", card.Text)
		}
		return m
	}
	same(t, "restricted", restrict(d.at.Add(32*time.Hour+55*time.Minute)).Text,
		"Noted. 0 left: LinkedIn restricted you until Wed 19:00. Then 37 a week until Wed 9 Dec. It ends by itself; support cannot lift it. Kept with it: 101 sent in the last 7 days.")
	d.goTo("2026-11-25 09:05")
	c, err := d.book.Lift(t.Context(), d.who("ana"), "lift", d.at)
	if err != nil {
		t.Fatal(err)
	}
	m := Lifted(c)
	complete(t, m)
	if !strings.HasPrefix(m.Text, "Good, that is over. 0 left: 101 this week, 1 past the ceiling of about 100.") || !strings.HasSuffix(m.Text, "It stays at 37 a week until Wed 9 Dec: a second restriction lasts longer.") {
		t.Error(m.Text)
	}

	d = diaryAt(t, "2026-11-24 09:05")
	c, err = d.book.Restrict(t.Context(), d.who("ana"), "first", d.at, d.at.Add(24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	m = Restricted(c, names)
	complete(t, m)
	if !strings.HasPrefix(m.Text, "Noted. 0 left: LinkedIn restricted you until Wed 10:05. Then 37 a week until Wed 9 Dec. It ends by itself; support cannot lift it. You are the first here: ") {
		t.Error(m.Text)
	}
	if got := lastMoment(time.Date(2026, 11, 27, 23, 0, 0, 0, time.UTC), c.Standing); got != "the end of Fri 27 Nov" {
		t.Error(got)
	}
}

// Whether LinkedIn warned is asked past a ceiling, of invites, until it is known.
func TestPast(t *testing.T) {
	d := diaryAt(t, "2026-11-24 09:05")
	if Past(d.log("ana", quota.Log{Quantity: 100})) {
		t.Error("at the ceiling")
	}
	l := d.log("ana", quota.Log{Quantity: 1})
	if !Past(l) || !Past(d.log("ana", quota.Log{Quantity: 1, Kind: quota.Note})) || Past(d.log("ana", quota.Log{Quantity: 1, Kind: quota.InMail})) {
		t.Error("past the ceiling")
	}
	m := Warned(Logged(l, names, shown))
	complete(t, m)
	if !strings.HasSuffix(m.Text, "Did LinkedIn show a warning?") {
		t.Error(m.Text)
	}
	if _, err := d.book.Restrict(t.Context(), d.who("ana"), "k", d.at, d.at.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if Past(d.log("ana", quota.Log{Quantity: 1})) {
		t.Error("it is known already")
	}
}

func TestRecalled(t *testing.T) {
	d := diaryAt(t, "2026-11-24 09:05")
	l := d.log("ana", quota.Log{Quantity: 5})
	q := Question{Line: "Sent any this week before today?", Row: []Button{{Label: "None", Action: "before_0", Value: "v"}}}
	asked := q.Asked(Logged(l, names, shown).With(Button{Label: "Undo", Action: "undo", Value: "v"}))
	complete(t, asked)
	if n := len(asked.Blocks); !strings.HasSuffix(asked.Text, q.Line) || asked.Blocks[n-1].BlockType() != "actions" || asked.Blocks[n-2].BlockType() != "context" || asked.Blocks[n-3].BlockType() != "actions" {
		t.Errorf("%q with %d blocks", asked.Text, n)
	}
	for i, c := range []struct {
		m          quota.Memory
		this, last int
		want       string
	}{
		{quota.Memory{ThisWeek: 12, LastWeek: 50}, 12, 50, "Noted: 12 this week (Mon 23 Nov) and 50 last week (Mon 16 to Sun 22 Nov). 43 left now, 58 this week (last 7 days: 57 of about 100)."},
		{quota.Memory{ThisWeek: 12}, 12, -1, "Noted: 12 this week (Mon 23 Nov). 58 left this week (17 of a budget of 75)."},
		{quota.Memory{}, 0, -1, "Noted: none this week (Mon 23 Nov). 70 left this week (5 of a budget of 75)."},
		{quota.Memory{}, -1, 0, "Noted: none last week (Mon 16 to Sun 22 Nov). 70 left this week (5 of a budget of 75)."},
		{quota.Memory{}, 0, 0, "Noted: none before your first log. 70 left this week (5 of a budget of 75)."},
	} {
		r, err := d.book.Recall(t.Context(), d.who("ana"), "recall/"+string(rune('a'+i)), d.at, c.m)
		if err != nil {
			t.Fatal(err)
		}
		m := Recalled(r, c.this, c.last)
		complete(t, m)
		same(t, "recalled", m.Text, c.want)
	}
	d.goTo("2026-12-09 09:05")
	r, err := d.book.Recall(t.Context(), d.who("ana"), "late", d.at, quota.Memory{ThisWeek: 3})
	if err != nil {
		t.Fatal(err)
	}
	if got := Recalled(r, 3, 0).Text; !strings.HasPrefix(got, "Noted: 3 in the week of your first log (Mon 23 Nov) and none in the week before your first log (Mon 16 to Sun 22 Nov). 75 left this week") {
		t.Error(got)
	}
}
