package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/linkedin"
	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// accepted, withdrawn, declined and replied report what became of things sent.
func (b *Bot) accepted(ctx context.Context, r Request, args []string) Reply {
	return b.report(ctx, r, quota.Accepted, args)
}

func (b *Bot) withdrawn(ctx context.Context, r Request, args []string) Reply {
	return b.report(ctx, r, quota.Withdrawn, args)
}

func (b *Bot) declined(ctx context.Context, r Request, args []string) Reply {
	return b.report(ctx, r, quota.Declined, args)
}

func (b *Bot) replied(ctx context.Context, r Request, args []string) Reply {
	return b.report(ctx, r, quota.Replied, args)
}

// report records the outcome that was typed.
func (b *Bot) report(ctx context.Context, r Request, act quota.Act, args []string) Reply {
	o, err := parseOutcome(act, args, r.At)
	if err != nil {
		return say("%s", err.Error())
	}
	got, err := b.book.Report(ctx, who(r), r.ID, r.At, o)
	if err != nil {
		if no := b.refusal(ctx, r, err); no != "" {
			return say("%s", ofOutcome(no))
		}
		return b.failed(ctx, r, err)
	}
	var leave []look.Button
	if got.Joined {
		leave = wayOut(r)
	}
	return b.place(ctx, r, look.Reported(got, b.names, shown), got.Standing, []look.Button{undoButton(r, onAnswer, got.Operation)}, leave)
}

// told reports an outcome whose word does not stand in front, as in "3 accepted". Then every word must have a
// meaning: in "Jane has not accepted" a wrong fact is worse than a question.
func (b *Bot) told(ctx context.Context, r Request, args []string) Reply {
	acts, rest := outcomesIn(args)
	counted := false
	words := rest
	if !slices.ContainsFunc(rest, linkedin.Looks) {
		var no slip
		if words, _, no = monthDays(rest, quota.DayOf(r.At, time.UTC)); no != "" {
			return say("%s", ofOutcome(no))
		}
	}
	for _, w := range words {
		low := bare(w)
		var p parsedLog
		counted = counted || looksLikeNumber(low) || inWords(low) || linkedin.Looks(w) || isMention(w) || negations[low]
		switch known, err := p.read(w); {
		case low == "sent" || low == "logged":
			return say("Were those sent, or %s? `%s 5` logs five sent, `%s %s 5` records five %s. Nothing was recorded.",
				look.ActWord(acts[0]), b.names.Sent, b.names.Main, outcomeVerb(acts[0]), look.ActWord(acts[0]))
		case !known && err == nil && !linkedin.Looks(w) && !smallWords[low] && !listMark(w):
			return say("%s", unknownOutcome(acts[0], w))
		}
	}
	switch verb := outcomeVerb(acts[0]); {
	case len(acts) > 1:
		return say("%s", oneOutcome)
	case !counted:
		return say("How many? Write the number too, as in `%s 3`, or a profile address behind it. Nothing was recorded.", verb)
	}
	return b.report(ctx, r, acts[0], rest)
}

const oneOutcome slip = "One thing at a time, please: `accepted 3`, then `declined 2`. Nothing was recorded."

// outcomesIn returns the outcomes that some words name, each once, and the other words.
func outcomesIn(args []string) (acts []quota.Act, rest []string) {
	for _, w := range args {
		act, ok := outcomeWords[bare(w)]
		switch {
		case !ok:
			rest = append(rest, w)
		case !slices.Contains(acts, act):
			acts = append(acts, act)
		}
	}
	return acts, rest
}

// outcomeVerb is the word that people type for an outcome.
func outcomeVerb(act quota.Act) string {
	for _, word := range []string{"accepted", "withdrawn", "declined"} {
		if outcomeWords[word] == act {
			return word
		}
	}
	return "replied"
}

// parseOutcome reads "[n] [kind] [when] [profile addresses]" as parseLog does. Errors are slips.
func parseOutcome(act quota.Act, args []string, at time.Time) (quota.Outcome, error) {
	o := quota.Outcome{Act: act, Kind: quota.Invite}
	persons, rest, err := parsePersons(args)
	if err != nil {
		return o, ofOutcome(err)
	}
	p := parsedLog{Log: quota.Log{Kind: quota.Invite, Quantity: 1}}
	var wrong error // the first slip
	prose := false
	today := quota.DayOf(at, time.UTC)
	var dated quota.Day
	if len(persons) == 0 {
		var no slip
		if rest, dated, no = monthDays(rest, today); no != "" {
			return o, ofOutcome(no)
		}
	}
	for _, w := range rest {
		low := bare(w)
		if negations[low] || strings.HasSuffix(strings.ReplaceAll(low, "’", "'"), "n't") {
			return o, slipf("%s tells me that it has not happened, so nothing was recorded. Report it once it has.", echo(w))
		}
		if _, again := outcomeWords[low]; again {
			return o, oneOutcome
		}
		if smallWords[low] {
			continue
		}
		known, err := p.read(w)
		if !known && err == nil {
			err, prose = unknownOutcome(act, w), prose || !misspelt(w)
		}
		if wrong == nil && err != nil {
			wrong = err
		}
	}
	n := len(persons)
	switch {
	case n > 0 && prose:
		p = parsedLog{Log: quota.Log{Kind: quota.Invite, Quantity: n}}
	case wrong != nil:
		return o, ofOutcome(wrong)
	case dated != 0 && !p.counted:
		return o, ofOutcome(howMany(dated, today))
	case !p.counted && n > 0:
		p.Quantity = n
	case p.Quantity < n:
		return o, slipf("You named %d people but wrote %d. Leave the number out, or write at least %d. Nothing was recorded.", n, p.Quantity, n)
	}
	if p.Quantity > quota.MaxQuantity {
		return o, slipf("That is more than one report can hold (%d). Nothing was recorded.", quota.MaxQuantity)
	}
	o.Kind, o.Quantity, o.When, o.Persons = p.Kind, p.Quantity, p.When, persons
	return o, nil
}

// ofOutcome makes of what is wrong with a log what is wrong with an outcome.
func ofOutcome(err error) slip {
	return slip(strings.NewReplacer(
		"Nothing was logged", "Nothing was recorded",
		"nothing was logged", "nothing was recorded",
		"Log it once it is sent", "Report it once it has happened",
		"A log is at least 1, so 0 logs nothing. To take something back, use `undo`.", "Write at least 1; nothing was recorded.",
		"A log is at least 1.", "Write at least 1.",
		"one log can hold", "one report can hold",
		string(ownOnly), "This is about your own outreach. Leave the name out; everybody reports their own. Nothing was recorded.",
	).Replace(err.Error()))
}

func unknownOutcome(act quota.Act, w string) slip {
	verb := outcomeVerb(act)
	switch low := bare(w); {
	case strings.HasPrefix(low, "@") || isMention(w):
		return ofOutcome(ownOnly)
	case inWords(low):
		return slipf("Write the number in digits, as in `%s 5`. Nothing was recorded.", verb)
	case misspelt(w):
		n, _ := nearest(low, logWords())
		return slipf("I don't know %s. Did you mean `%s`? Nothing was recorded.", echo(w), n)
	}
	return slipf("I don't know %s. Write it like `%s 3`, `%s 2 yesterday`, `%s 1 inmail`, or `%s` and a profile address. Nothing was recorded.", echo(w), verb, verb, verb, verb)
}
