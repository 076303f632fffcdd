package look

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// Reported answers the report of an outcome: what was recorded and what that means, then what else matters. shown
// turns a profile key into what people read.
func Reported(r quota.Reported, names Names, shown func(key string) string) Message {
	s, o := r.Standing, r.Operation
	lines := []string{"Recorded " + operation(s, o) + persons(o, shown) + onDay(s, o) + "."}
	if o.Act == quota.Withdrawn {
		lines = append(lines, withdrawn(r)...)
	} else {
		lines = append(lines, stillOpen(r)...)
	}
	if moves(r) {
		lines = append(lines, room(s, s.Budget(o.Kind))...)
	}
	notes := unmatched(r)
	if (o.Act == quota.Accepted || o.Act == quota.Declined) && o.Kind.Counts(quota.Invite) {
		notes = append(notes, acceptance(s)...)
	}
	if r.Joined {
		notes = append(notes, joined(quota.Logged{Standing: s, Made: r.Made}, names))
	}
	return noted(lines, notes)
}

// noted makes a message of sentences with small lines below.
func noted(lines, notes []string) Message {
	m := Message{Text: strings.Join(slices.Concat(lines, notes), " "), Blocks: []slack.Block{section(strings.Join(lines, " "))}}
	for _, n := range notes {
		m.Blocks = append(m.Blocks, small(n))
	}
	return m
}

// What says what an operation recorded, for a button that takes it back: "3 accepted".
func What(o quota.Operation) string { return operation(quota.Standing{}, o) }

// ActWord is what an outcome makes of things sent: "accepted".
func ActWord(a quota.Act) string {
	switch a {
	case quota.Accepted:
		return "accepted"
	case quota.Withdrawn:
		return "withdrawn"
	case quota.Declined:
		return "declined"
	}
	return "replied to"
}

// onDay says for which day something is recorded, whenever that is not simply now.
func onDay(s quota.Standing, o quota.Operation) string {
	if o.Precision != quota.ByDay && !o.At.Before(o.Recorded) {
		return ""
	}
	out := " for " + day(s, o.Day)
	if o.Precision == quota.ByTime {
		out += ", " + o.At.In(s.Zone).Format("15:04")
	}
	return out
}

// stillOpen says how many are open after an answer, or of InMails what came back.
func stillOpen(r quota.Reported) []string {
	o := r.Operation
	closed := o.Quantity - r.Unmatched
	if o.Kind == quota.InMail {
		return credited(r, closed, "answered within "+Stretch(quota.AnswerCredit))
	}
	open := r.Open - closed
	if o.Act == quota.Replied && o.Kind.Counts(quota.Invite) {
		return nil // it may still be accepted
	}
	var out []string
	switch {
	case r.Open == 0 || o.Kind == quota.Message:
	case open == 0:
		out = append(out, "No "+KindName(o.Kind)+" is open now.")
	case open == 1:
		out = append(out, "1 "+KindName(o.Kind)+" is still open.")
	default:
		out = append(out, fmt.Sprintf("%d %s are still open.", open, many(o.Kind)))
	}
	if o.Kind == quota.PageInvite && o.Act == quota.Accepted {
		out = append(out, credited(r, closed, "accepted")...)
	}
	return out
}

// credited says how many credits came back.
func credited(r quota.Reported, closed int, why string) []string {
	switch {
	case r.Returned == 1:
		return []string{"1 credit came back: " + why + "."}
	case r.Returned > 1:
		return []string{fmt.Sprintf("%d credits came back: %s.", r.Returned, why)}
	case closed > 0 && r.Operation.Kind == quota.InMail && credits(r, quota.SentLessAnswered):
		return []string{"No credit came back: LinkedIn gives one back for an answer within " + Stretch(quota.AnswerCredit) + ", up to what the account may hold."}
	}
	return nil
}

// credits reports whether what is left of the kind is counted on a basis.
func credits(r quota.Reported, basis quota.Basis) bool {
	return slices.ContainsFunc(r.Standing.Budget(r.Operation.Kind).Gauges, func(g quota.Gauge) bool {
		return g.Force != quota.Soft && g.Basis == basis
	})
}

// moves reports whether an answer says what is left: where the outcome changed that, and where people expect it to.
func moves(r quota.Reported) bool {
	k := r.Operation.Kind
	_, bound := r.Standing.Budget(k).Binding()
	return r.Returned != 0 || bound && (k == quota.InMail || k == quota.PageInvite)
}

// withdrawn says that a withdrawal frees nothing, unless a preset counts it back, and from when on the same people can
// be invited again.
func withdrawn(r quota.Reported) []string {
	s, o := r.Standing, r.Operation
	if !o.Kind.Counts(quota.Invite) {
		return nil
	}
	var out []string
	switch {
	case r.Returned > 0:
		out = append(out, fmt.Sprintf("%d more left now: %s counts a withdrawal back.", r.Returned, s.Preset().Name))
	case credits(r, quota.SentLessWithdrawn):
		out = append(out, fmt.Sprintf("Nothing more is left now, though %s counts a withdrawal back: another limit decides, or it was sent too long ago.", s.Preset().Name))
	default:
		out = append(out, "That frees no room: LinkedIn counts what was sent.")
	}
	who := "The same person"
	if o.Quantity > 1 {
		who = "The same people"
	}
	for _, rule := range s.Preset().Persons {
		from := o.At.Add(rule.Wait)
		switch day := quota.DayOf(from, s.Zone); {
		case rule.After != quota.Withdrawn:
		case from.After(s.At):
			out = append(out, fmt.Sprintf("%s can be invited again after %d days, from %s.", who, rule.Wait/(24*time.Hour), Date(day, s.Today)))
		default:
			out = append(out, fmt.Sprintf("%s can be invited again: the %d days are over.", who, rule.Wait/(24*time.Hour)))
		}
	}
	return out
}

// unmatched tells how many of an outcome closed nothing.
func unmatched(r quota.Reported) []string {
	kind := KindName(r.Operation.Kind)
	switch n, of := r.Unmatched, r.Operation.Quantity; {
	case n == 0:
		return nil
	case n == 1 && of == 1:
		return []string{"It matches no open " + kind + " here; it is kept all the same."}
	case n == of:
		return []string{"They match no open " + kind + " here; they are kept all the same."}
	case n == 1:
		return []string{"1 of them matches no open " + kind + " here; it is kept all the same."}
	default:
		return []string{fmt.Sprintf("%d of them match no open %s here; they are kept all the same.", n, kind)}
	}
}

// worthCounting is from how many invites on it is worth saying that they are too few to judge: nearly enough.
const worthCounting = quota.EnoughInvites / 2

// acceptance tells how many invites were accepted, with the range that the true share is likely in.
func acceptance(s quota.Standing) []string {
	if s.Since.IsZero() || s.Since.After(s.At.Add(-37*24*time.Hour)) {
		return nil
	}
	a := s.Journal.Acceptance(s.At)
	text := fmt.Sprintf("Of %d invites at least a week old %d were accepted: %s, likely %s to %s.", a.Of, a.Accepted, percent(a.Share()), rounded(a.Low), percent(a.High))
	if a.Accepted == 1 {
		text = strings.Replace(text, " 1 were ", " 1 was ", 1)
	}
	switch a.Judge() {
	case quota.TooFew:
		if a.Of < worthCounting {
			return nil
		}
		return []string{fmt.Sprintf("Acceptance: too few invites at least a week old to judge (%d of %d).", a.Of, quota.EnoughInvites)}
	case quota.Fine:
		return []string{text}
	case quota.Worrying:
		return []string{text + " Averages run from 26 to 37 %."}
	case quota.Alarming:
		return []string{text + " That is low: averages run from 26 to 37 %. Fewer, better-chosen invites are safer."}
	}
	return nil
}

// ownAcceptance tells what was accepted, as the manager reads it in the overview, with the range.
func ownAcceptance(s quota.Standing) string {
	if a := s.Journal.Acceptance(s.At); !a.Recorded {
		return "Accepted: not recorded."
	} else if told := acceptance(s); len(told) > 0 {
		return told[0]
	} else {
		return fmt.Sprintf("Accepted: %d of %d at least a week old.", a.Accepted, a.Of)
	}
}

func rounded(share float64) string { return fmt.Sprintf("%.0f", math.Round(100*share)) }

func percent(share float64) string { return rounded(share) + " %" }
