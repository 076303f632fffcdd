package commands

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/paceline/paceline/internal/linkedin"
)

// mostText is the longest text that is read, in characters: Slack's own advice for a message.
const mostText = 4000

// Command answers a slash command.
func (b *Bot) Command(ctx context.Context, r Request) Reply {
	r.way = way{on: onAnswer, pressed: r.pressed, again: typed(r)}
	if utf8.RuneCountInString(r.Text) > mostText {
		return tooLong()
	}
	return b.command(ctx, r, r.Command, fields(r.Text))
}

// Say answers a direct message: the same words without a slash command. Behind a space people type the
// command as well.
func (b *Bot) Say(ctx context.Context, r Request) Reply {
	r.way = way{on: onCard, pressed: r.pressed, again: typed(r)}
	if utf8.RuneCountInString(r.Text) > mostText {
		return tooLong()
	}
	args := fields(r.Text)
	switch {
	case len(args) == 0:
		return b.help(ctx, r, nil)
	case strings.HasPrefix(args[0], "/") && slices.ContainsFunc([]string{b.names.Sent, b.names.Budget, b.names.Main}, func(n string) bool { return strings.EqualFold(n, args[0]) }):
		return b.command(ctx, r, args[0], args[1:])
	}
	return b.understand(ctx, r, args)
}

// command answers the words behind one of the commands.
func (b *Bot) command(ctx context.Context, r Request, name string, args []string) Reply {
	word := ""
	switch {
	case strings.EqualFold(name, b.names.Sent):
		word = "sent"
	case strings.EqualFold(name, b.names.Budget):
		word = "budget"
	case len(args) == 0:
		word = "menu"
	}
	if v, ok := find(word); ok {
		return b.run(ctx, r, v, args)
	}
	return b.understand(ctx, r, args)
}

// understand finds what words without a verb in front mean: a verb, or something to log.
func (b *Bot) understand(ctx context.Context, r Request, args []string) Reply {
	asked := strings.HasSuffix(args[len(args)-1], "?")
	switch v, ok := find(args[0]); {
	case ok && v.fact && asked && len(args) == 1:
		return b.help(ctx, r, []string{v.name})
	case ok && !(v.fact && asked && r.on == onCard):
		return b.run(ctx, r, v, args[1:])
	}
	if r.on == onCard && asked {
		return b.question(ctx, r, args)
	}
	if acts, _ := outcomesIn(args); len(acts) > 0 {
		return b.told(ctx, r, args)
	}
	switch p, err := parseLog(args, r.At); {
	case err != nil && loggable(args):
		return say("%s", err.Error())
	case err == nil && (p.counted || len(p.Persons) > 0):
		return b.record(ctx, r, p)
	case err == nil && p.hinted:
		return say("How many? Write the number too, as in `3 yesterday` or `2 inmail`. Nothing was logged.")
	}
	if friendly, ok := greetings[bare(args[0])]; ok && r.on == onCard {
		return say("%s `5` logs five invites, `budget` shows what is left, and `help` lists the rest.", friendly)
	}
	if whole, ok := b.elsewhere(ctx, r, args); ok {
		return say("I don't know %s. Did you mean `%s`? Nothing changed.", echo(args[0]), whole)
	}
	var names []string
	for _, v := range verbs() {
		names = append(names, v.name)
	}
	if n, ok := nearest(args[0], names); ok {
		return say("I don't know %s. Did you mean `%s`? `%s help` lists what I understand.", echo(args[0]), n, b.names.Main)
	}
	return say("I don't know %s. `%s 5` logs five invites, `%s` shows what is left, and `%s help` lists the rest.",
		echo(args[0]), b.names.Sent, b.names.Budget, b.names.Main)
}

// question answers a direct message that ends in a question mark: never a log, whatever stands in it.
func (b *Bot) question(ctx context.Context, r Request, args []string) Reply {
	for _, w := range args {
		switch v, ok := find(strings.TrimRight(bare(w), "?")); {
		case ok && (v.name == "budget" || v.name == "why"):
			return v.run(b, ctx, r, nil)
		case linkedin.Looks(w):
			return say("That reads like a question, so nothing was logged. To log it, send the address alone; I say then if a colleague was there before.")
		}
	}
	return say("I can't answer that. `budget` shows what is left, `why` where the numbers come from, and `help` what I understand. Nothing was logged.")
}

// loggable reports whether words read like a log, so that their slips are explained as those of a log: they
// begin like one, or hold an address.
func loggable(args []string) bool {
	if _, _, _, n := civil(args); n > 0 {
		return true
	}
	if _, other := notSent(args); other || slices.ContainsFunc(args, linkedin.Looks) {
		return true
	}
	for _, w := range args {
		low := bare(w)
		if low == "" || fillers[low] {
			continue
		}
		_, kind := kindWords[low]
		_, weekday := weekdayWords[low]
		_, person := mention(w, "@")
		return kind || weekday || person || dayWords[low] || inWords(low) || looksLikeNumber(low) || looksLikeWhen(low)
	}
	return false
}

func tooLong() Reply {
	return say("That is longer than I can read (%d characters). Send up to about 30 profile addresses at a time; nothing was logged.", mostText)
}
