package commands

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// unsaid stands for a week of which a member has said nothing.
const unsaid = -1

// A recollection is what somebody says of the two weeks before the first log.
type recollection struct{ this, last int }

// before records what was sent before the first log, as it was typed.
func (b *Bot) before(ctx context.Context, r Request, args []string) Reply {
	said, err := parseBefore(args)
	if err != nil {
		return say("%s", err.Error())
	}
	s, err := b.book.Standing(ctx, who(r), r.At, quota.Invite)
	if err != nil {
		return b.unread(r, err)
	}
	if said.this > 0 && !begins(s) {
		return say("Your first log was on the first day of its week, so nothing comes before it there. Write `before %d last week` if they were sent in the week before. Nothing was recorded.", said.this)
	}
	return b.recall(ctx, r, r.ID, s, said)
}

// begins reports whether the week of the first log has a day before it.
func begins(s quota.Standing) bool {
	return quota.DayOf(s.Member.Joined, s.Zone) > quota.DayOf(quota.WeekOf(s.Member.Joined).Start(), time.UTC)
}

// recall records a recollection. A week of which it says nothing keeps what was said of it before.
func (b *Bot) recall(ctx context.Context, r Request, key string, s quota.Standing, said recollection) Reply {
	got, err := b.remember(ctx, r, key, s, said)
	if err != nil {
		if no := notRemembered(err); no != "" {
			return say("%s", no)
		}
		return b.failed(ctx, r, err)
	}
	row := []look.Button{logButton(r, onAnswer, 5, quota.Invite), whyButton(r)}
	for _, o := range got.Standing.Journal.Operations() {
		if !o.Undone {
			row = append([]look.Button{undoButton(r, onAnswer, o)}, row...)
			break
		}
	}
	return b.place(ctx, r, look.Recalled(got, said.this, said.last), got.Standing, row, nil)
}

func (b *Bot) remember(ctx context.Context, r Request, key string, s quota.Standing, said recollection) (quota.Recalled, error) {
	known := remembered(s)
	if said.this == unsaid {
		said.this = known.this
	}
	if said.last == unsaid {
		said.last = known.last
	}
	return b.book.Recall(ctx, who(r), key, r.At, quota.Memory{ThisWeek: said.this, LastWeek: said.last})
}

// notRemembered says why a recollection was refused, or "" when it was not.
func notRemembered(err error) slip {
	var old quota.TooOld
	if errors.As(err, &old) {
		return slipf("Your first log is more than %d days ago, so what was sent before it counts nowhere any more. Nothing was recorded.", quota.MaxBack)
	}
	return ""
}

// remembered is what a member said earlier of the time before the first log.
func remembered(s quota.Standing) recollection {
	var known recollection
	undone := make(map[uint64]bool)
	for _, e := range s.Journal {
		if e.Act == quota.Undone {
			undone[e.Undoes] = true
		}
	}
	for _, e := range s.Journal {
		switch {
		case e.Act != quota.Sent || e.Precision != quota.Estimated || undone[e.Op]:
		case quota.WeekOf(e.At) == quota.WeekOf(s.Member.Joined):
			known.this += e.Quantity
		default:
			known.last += e.Quantity
		}
	}
	return known
}

const beforeForms = "Write it like `before 12 this week, 50 last week`, `before 50 last week` or `before none`. Nothing was recorded."

// parseBefore reads "12 this week, 50 last week", "12 50", "12" or "none". Errors are slips.
func parseBefore(args []string) (recollection, error) {
	said := recollection{unsaid, unsaid}
	words := dropped(args, "about", "and", "sent", "i", "before", "today", "was", "it", "in", "the", "week", "invites", "~")
	if len(words) == 1 && slices.Contains([]string{"none", "nothing", "no", "0", "zero"}, words[0]) {
		return recollection{}, nil
	}
	var open []int // numbers that no week has been named for yet
	for _, w := range words {
		week := &said.this
		switch n, err := strconv.Atoi(strings.TrimPrefix(w, "~")); {
		case err == nil && n >= 0 && n <= quota.MaxQuantity:
			open = append(open, n)
			continue
		case err == nil || looksLikeNumber(w):
			return said, slipf("%s is no number of invites that I can take here (0 to %d). %s", echo(w), quota.MaxQuantity, beforeForms)
		case w == "none" || w == "nothing":
			open = append(open, 0)
			continue
		case w == "this":
		case w == "last":
			week = &said.last
		default:
			return said, slipf("I don't know %s. %s", echo(w), beforeForms)
		}
		if len(open) != 1 || *week != unsaid {
			return said, slipf("I can't tell which number is for which week. %s", beforeForms)
		}
		*week, open = open[0], nil
	}
	switch {
	case len(open) == 1 && said.this == unsaid:
		said.this = open[0]
	case len(open) == 1 && said.last == unsaid:
		said.last = open[0]
	case len(open) == 2 && said == recollection{unsaid, unsaid}:
		said = recollection{open[0], open[1]}
	case len(open) > 0 || said == recollection{unsaid, unsaid}:
		return said, slipf("I can't tell which number is for which week. %s", beforeForms)
	}
	return said, nil
}

// question is what to ask somebody who has just logged for the first time; ok is false when there is nothing to ask.
func question(r Request, s quota.Standing) (q look.Question, ok bool) {
	switch this, last := s.Asks(); {
	case this && last:
		return asking(r, "both", "Sent any this week before today?"), true
	case this:
		return asking(r, "this", "Sent any this week before today?"), true
	case last:
		return asking(r, "last", "Sent any last week?"), true
	}
	return look.Question{}, false
}

// asking is one question, about this week or last; weeks says which are asked about, this one first.
func asking(r Request, weeks, line string) look.Question {
	q := look.Question{Line: line}
	for _, n := range []int{0, 20, 50} {
		count := strconv.Itoa(n)
		label, hint := "About "+count, "About "+count+" invites"
		if n == 0 {
			label, hint = "None", "None sent"
		}
		q.Row = append(q.Row, look.Button{Label: label, Action: "before_" + count, Value: value(r, r.on, "before_"+count, "weeks", weeks, "n", count), Hint: hint})
	}
	q.Row = append(q.Row, look.Button{Label: "Type", Action: "before_type", Value: value(r, r.on, "before_type", "weeks", weeks), Hint: "Type the number"})
	return q
}

// ask adds a question to an answer, wherever that stands: below its buttons, or on Home above the card.
func ask(out Reply, q look.Question) Reply {
	m := q.Asked(look.Message{Text: out.Text, Blocks: out.Blocks})
	out.Text = m.Text
	if out.Home == nil {
		out.Blocks = m.Blocks
		return out
	}
	blocks := out.Home.Blocks.BlockSet
	at := slices.IndexFunc(blocks, func(b slack.Block) bool { return b.BlockType() == slack.MBTDivider })
	out.Home.Blocks.BlockSet = slices.Insert(slices.Clone(blocks), max(0, at), q.Blocks()...)
	return out
}

// pressBefore records the answer to a question, and asks the next one.
func (b *Bot) pressBefore(ctx context.Context, r Request, v url.Values, key string) Reply {
	n, err := strconv.Atoi(v.Get("n"))
	if err != nil || !slices.Contains([]int{0, 20, 50}, n) {
		return stale()
	}
	said := recollection{unsaid, unsaid}
	switch v.Get("weeks") {
	case "both", "this":
		said.this = n
	case "last":
		said.last = n
	default:
		return stale()
	}
	s, err := b.book.Standing(ctx, who(r), r.At, quota.Invite)
	if err != nil {
		return b.unread(r, err)
	}
	if said.this > 0 && !begins(s) {
		return stale()
	}
	out := b.recall(ctx, r, key, s, said)
	if out.Err == nil && v.Get("weeks") == "both" {
		out = ask(out, asking(r, "last", "And last week?"))
	}
	return replacing(out)
}

// beforeForm is the form for the numbers.
func (b *Bot) beforeForm(r Request, weeks string) Reply {
	field := func(id, label string) *slack.InputBlock {
		n := slack.NewNumberInputBlockElement(plain("0"), id, false)
		n.MinValue, n.MaxValue = "0", strconv.Itoa(quota.MaxQuantity)
		block := input(id, label, "", n)
		block.Optional = true
		return block
	}
	var fields []slack.Block
	if weeks != "last" {
		fields = append(fields, field("this", "This week, before your first log"))
	}
	if weeks != "this" {
		fields = append(fields, field("last", "The week before"))
	}
	out := b.typing(r, "The form needs a button press; typing does the same: `{main} before 12 this week, 50 last week`, or `before none`.", "before_type")
	out.Modal = form(r, beforeCallback, "Before your first log", "Save", nil, fields...)
	return out
}

func (b *Bot) submitBefore(ctx context.Context, r Request, f Form) Reply {
	said := recollection{unsaid, unsaid}
	first := ""
	for _, field := range []struct {
		id  string
		say *int
	}{{"this", &said.this}, {"last", &said.last}} {
		if _, shown := f.Values[field.id]; !shown {
			continue
		}
		if first == "" {
			first = field.id
		}
		text := f.first(field.id)
		if text == "" {
			text = "0"
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > quota.MaxQuantity {
			return wrong(field.id, "Write a whole number from 0 to "+strconv.Itoa(quota.MaxQuantity)+".")
		}
		*field.say = n
	}
	if first == "" {
		return say("That form is too old for me. Nothing changed; open it again.")
	}
	s, err := b.book.Standing(ctx, who(r), r.At, quota.Invite)
	if err != nil {
		return unsaved(r, first, err)
	}
	if said.this > 0 && !begins(s) {
		return wrong("this", "Your first log was on the first day of its week, so nothing comes before it there.")
	}
	got, err := b.remember(ctx, r, r.ID, s, said)
	if err != nil {
		no := notRemembered(err)
		if no == "" {
			no = b.refusal(ctx, r, err)
		}
		if no != "" {
			return wrong(first, no)
		}
		return unsaved(r, first, err)
	}
	m := look.Recalled(got, said.this, said.last)
	out := Reply{Text: m.Text, Modal: notice("Noted", m.Blocks), Update: freshCard(r, got.Standing)}
	if r.on == onHome {
		out.Home = b.home(ctx, r, m.Text, got.Standing, nil)
	}
	return out
}
