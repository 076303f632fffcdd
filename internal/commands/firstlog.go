package commands

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// question is what to ask somebody who has just logged for the first time; ok is false when there is nothing to ask.
func question(r Request, s quota.Standing) (q look.Question, ok bool) {
	switch this, last := s.Asks(); {
	case this && last:
		return asking(r, "both", look.AskedThis(s)), true
	case this:
		return asking(r, "this", look.AskedThis(s)), true
	case last:
		return asking(r, "last", look.AskedLast(s)), true
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
		out = ask(out, asking(r, "last", look.AskedNext(s)))
	}
	return replacing(out)
}

// beforeForm is the form for the numbers.
func (b *Bot) beforeForm(ctx context.Context, r Request, weeks string) Reply {
	s, err := b.book.Standing(ctx, who(r), r.At)
	if err != nil {
		return b.unread(r, err)
	}
	if s.Member.Joined.IsZero() {
		return stale()
	}
	week := quota.WeekOf(s.Member.Joined)
	field := func(id, label string) *slack.InputBlock {
		n := slack.NewNumberInputBlockElement(plain("0"), id, false)
		n.MinValue, n.MaxValue = "0", strconv.Itoa(quota.MaxQuantity)
		block := input(id, label, "", n)
		block.Optional = true
		return block
	}
	var fields []slack.Block
	if weeks != "last" {
		fields = append(fields, field("this", look.Upper(look.WeekIn(week, s))+", before your first log"))
	}
	if weeks != "this" {
		fields = append(fields, field("last", look.Upper(look.WeekIn(week-1, s))))
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
