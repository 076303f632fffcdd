package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// mostWords is how many words the name of a limit or a preset may have: "budget after a restriction".
const mostWords = 5

// typedPreset reads "NAME [why] [confirm]", and asks first before an outdated preset.
func (b *Bot) typedPreset(ctx context.Context, r Request, t quota.Team, words []string) (Reply, slip, error) {
	said := words
	confirmed := len(words) > 1 && bare(words[len(words)-1]) == "confirm"
	if confirmed {
		words = words[:len(words)-1]
	}
	if len(words) == 0 {
		return Reply{}, slipf("Which one? There are %s: `%s policy preset paceline`.", presetWords(), b.names.Main), nil
	}
	p, rest := findPreset(words)
	if p == nil {
		var names []string
		for _, p := range quota.Presets() {
			names = append(names, p.Name)
		}
		no := slipf("I don't know the preset %s.", echo(words[0]))
		if n, ok := nearest(bare(words[0]), names); ok {
			return Reply{}, slipf("%s Did you mean `%s`? Then type `%s`.", no, n, line(b.names.Main, "policy preset", n, retyped(r, said[1:], ""))), nil
		}
		return Reply{}, slipf("%s There are %s.", no, presetWords()), nil
	}
	if b.hasEnd(ctx, r, rest) {
		return Reply{}, slipf("A preset has no end: leave `until` out, and choose another one later with `%s policy preset %s`.", b.names.Main, inForce(t).Name), nil
	}
	reason := ""
	if len(rest) > 0 {
		var no slip
		if reason, no = readReason(rest, ""); no != "" {
			return Reply{}, no, nil
		}
	}
	if p.Outdated != "" && !confirmed && inForce(t) != p {
		return b.askPreset(r, p), "", nil
	}
	return b.choose(ctx, r, t, p, reason)
}

// askPreset asks before an outdated preset is chosen.
func (b *Bot) askPreset(r Request, p *quota.Preset) Reply {
	buttons := []look.Button{{Label: "No, keep what we have", Action: "keep", Value: value(r, r.on, "keep")}}
	yes := typed(r)
	yes.key, yes.text = r.ID+"/confirm", r.Text+" confirm"
	if v, ok := yes.encode(); ok {
		buttons = append([]look.Button{{Label: "Yes, choose it", Action: "confirm", Value: v, Style: slack.StyleDanger}}, buttons...)
	}
	m := look.Sentences(append(askedPreset(p), "Nothing is changed yet."), buttons...)
	m.Text += " To say yes by typing: `" + b.names.Main + " policy preset " + p.Name + " confirm`."
	return reply(m)
}

// askedPreset is the question before an outdated preset.
func askedPreset(p *quota.Preset) []string {
	lines := []string{"Choose the preset “" + p.Title + "”? It is outdated and not advised.", p.Outdated}
	for _, l := range p.Limits {
		if l.Name == quota.SevenDaysName && l.Force == quota.Soft {
			lines = append(lines, "The last 7 days stay as a warning, which blocks nothing.")
		}
	}
	return lines
}

func presetWords() string {
	var words []string
	for _, p := range quota.Presets() {
		words = append(words, "`"+p.Name+"`")
	}
	return look.And(words)
}

// findPreset finds the preset that words begin with, by its word or its title, and what stands behind.
func findPreset(words []string) (*quota.Preset, []string) {
	for n := min(mostWords, len(words)); n > 0; n-- {
		said := plainly(words[:n])
		for _, p := range quota.Presets() {
			if said == plainly([]string{p.Name}) || said == plainly([]string{p.Title}) {
				return p, words[n:]
			}
		}
	}
	return nil, words
}

// typedNumber reads "LIMIT NUMBER why".
func (b *Bot) typedNumber(ctx context.Context, r Request, t quota.Team, words []string) (Reply, slip, error) {
	l, rest, no := b.findLimit(r, t, "set", words)
	if no != "" {
		return Reply{}, no, nil
	}
	if len(rest) > 0 && slices.Contains([]string{"to", "="}, rest[0]) {
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return Reply{}, slipf("Which number? Write it behind the limit: `%s`.", line(b.names.Main, "policy set", l.Name, "60", `"why"`)), nil
	}
	n, no := readNumber(rest[0])
	if bare(rest[0]) == "on" {
		if n, no = itsOwn, ""; l.Optional {
			n = l.Max
		}
	}
	if no != "" {
		number, why := numberFirst(rest, "60")
		return Reply{}, slipf("%s As in `%s`.", no, line(b.names.Main, "policy set", l.Name, number, retyped(r, why, `"why"`))), nil
	}
	if b.hasEnd(ctx, r, rest[1:]) {
		return Reply{}, slipf("A team's number has no end: leave `until` out, and set it back later with `%s`. One member's may end: `%s team limit @ana 40 until fri \"why\"`.",
			line(b.names.Main, "policy reset", l.Name, `"why"`), b.names.Main), nil
	}
	reason, no := readReason(rest[1:], line(b.names.Main, "policy set", l.Name, rest[0], `"why"`))
	if no != "" {
		return Reply{}, no, nil
	}
	return b.setNumber(ctx, r, t, l, n, reason)
}

// hasEnd reports whether words behind a change of a team's rules name a day on which it should end. What stands
// between quotes is a reason.
func (b *Bot) hasEnd(ctx context.Context, r Request, words []string) bool {
	today := quota.DayOf(r.At, b.zone(ctx, r))
	for i, w := range words {
		if slices.Contains([]string{"until", "till"}, bare(w)) {
			if _, n := (calendar{today}).ahead(words[i+1:], today); n > 0 {
				return true
			}
		}
	}
	return false
}

// typedReset reads "LIMIT why".
func (b *Bot) typedReset(ctx context.Context, r Request, t quota.Team, words []string) (Reply, slip, error) {
	l, rest, no := b.findLimit(r, t, "reset", words)
	if no != "" {
		return Reply{}, no, nil
	}
	if b.hasEnd(ctx, r, rest) {
		return Reply{}, "What is set back has no end: leave `until` out.", nil
	}
	reason, no := readReason(rest, line(b.names.Main, "policy reset", l.Name, `"why"`))
	if no != "" {
		return Reply{}, no, nil
	}
	return b.setNumber(ctx, r, t, l, itsOwn, reason)
}

// findLimit finds the limit that words begin with, and what stands behind it, or says which there are.
func (b *Bot) findLimit(r Request, t quota.Team, verb string, words []string) (*quota.Limit, []string, slip) {
	limits := settable(inForce(t))
	var names, all []string
	for _, l := range limits {
		names = append(names, "`"+l.Name+"`")
		all = append(all, limitWords(l)...)
	}
	if len(words) == 0 {
		return nil, nil, slipf("Which limit? There are %s, as in `%s`.", look.And(names), b.corrected(r, verb, limits[0], nil))
	}
	if l, rest := namedLimit(limits, words); l != nil {
		return l, rest, ""
	}
	for i := range inForce(t).Limits {
		if l := &inForce(t).Limits[i]; slices.Contains(limitWords(l), plainly(words[:1])) || slices.Contains(limitWords(l), plainly(words)) {
			return nil, nil, slipf("The %s follows from the life of an account; a team cannot choose its number. A member's own limit can be set with `%s team limit @name 40 \"why\"`.", l.Title, b.names.Main)
		}
	}
	no := slipf("I don't know the limit %s.", echo(words[0]))
	if near, ok := nearest(plainly(words[:1]), all); ok {
		for _, l := range limits {
			if slices.Contains(limitWords(l), near) {
				return nil, nil, slipf("%s Did you mean `%s`? Then type `%s`.", no, l.Name, b.corrected(r, verb, l, words[1:]))
			}
		}
	}
	return nil, nil, slipf("%s The preset in force, %s, has %s.", no, inForce(t).Title, look.And(names))
}

// namedLimit finds the limit that words begin with, and what stands behind.
func namedLimit(limits []*quota.Limit, words []string) (*quota.Limit, []string) {
	for n := min(mostWords, len(words)); n > 0; n-- {
		said := plainly(words[:n])
		for _, l := range limits {
			if slices.Contains(limitWords(l), said) {
				return l, words[n:]
			}
		}
	}
	return nil, words
}

// corrected is a command with the right limit in it, and all the rest as it was.
func (b *Bot) corrected(r Request, verb string, l *quota.Limit, rest []string) string {
	number := ""
	switch {
	case len(rest) > 0 && (looksLikeNumber(rest[0]) || bare(rest[0]) == "off"):
		number, rest = rest[0], rest[1:]
	case len(rest) == 0:
		number = "60"
	}
	if verb == "reset" {
		number = ""
	}
	return line(b.names.Main, "policy", verb, l.Name, number, retyped(r, rest, `"why"`))
}

// settable are the limits of a preset that a number can be chosen for.
func settable(p *quota.Preset) []*quota.Limit {
	var out []*quota.Limit
	for i := range p.Limits {
		if p.Limits[i].Settable() {
			out = append(out, &p.Limits[i])
		}
	}
	return out
}

// limitWords are the words that people may use for a limit. Where a kind has one limit, its words are the limit's too;
// invites have several.
func limitWords(l *quota.Limit) []string {
	words := []string{plainly([]string{l.Name}), plainly([]string{l.Title})}
	for word, kind := range kindWords {
		if kind == l.Kind && kind != quota.Invite {
			words = append(words, word)
		}
	}
	if l.Window.Kind == quota.Rolling {
		span := strings.TrimPrefix(look.Per(l), "in any ")
		words = append(words, plainly([]string{span}), plainly([]string{"last " + span}), plainly([]string{"any " + span}))
	}
	return words
}

// plainly is some words as they are looked up: in lower case, without what parts them.
func plainly(words []string) string {
	said := letters(bare(strings.Join(words, " ")))
	return strings.TrimPrefix(strings.NewReplacer(",", "", "'", "", "’", "", ".", "").Replace(said), "the")
}
