package commands

import (
	"context"
	"strings"

	"github.com/paceline/paceline/internal/linkedin"
	"github.com/paceline/paceline/internal/quota"
)

// Command answers a slash command.
func (b *Bot) Command(ctx context.Context, r Request) Reply {
	if len(r.Text) > mostText {
		return tooLong()
	}
	args := fields(r.Text)
	switch r.Command {
	case b.names.Sent:
		if len(args) > 0 {
			if v, ok := find(args[0]); ok && (v.name == "undo" || v.name == "help" || v.name == "why") {
				return b.run(ctx, r, v, args[1:])
			}
		}
		return b.sent(ctx, r, args)
	case b.names.Budget:
		if len(args) > 0 {
			if v, ok := find(args[0]); ok && (v.name == "why" || v.name == "help") {
				return b.run(ctx, r, v, args[1:])
			}
		}
		return b.budget(ctx, r, args)
	}
	if len(args) == 0 {
		return b.menu(ctx, r, nil)
	}
	return b.understand(ctx, r, args)
}

// Say answers a direct message: the same words without a slash command.
func (b *Bot) Say(ctx context.Context, r Request) Reply {
	if len(r.Text) > mostText {
		return tooLong()
	}
	args := fields(r.Text)
	if len(args) > 0 {
		// People type the command here too, behind a space.
		switch args[0] {
		case b.names.Sent, b.names.Budget, b.names.Main:
			r.Command, r.Text = args[0], strings.TrimSpace(r.Text[strings.Index(r.Text, args[0])+len(args[0]):])
			out := b.Command(ctx, r)
			r.Command = ""
			return out
		}
	}
	if len(args) == 0 {
		return b.help(ctx, r, nil)
	}
	return b.understand(ctx, r, args)
}

// understand finds the verb in what was typed: its name in front, or something that can be logged.
func (b *Bot) understand(ctx context.Context, r Request, args []string) Reply {
	if v, ok := find(args[0]); ok {
		return b.run(ctx, r, v, args[1:])
	}
	_, err := parseLog(args)
	if err == nil || loggable(args[0]) {
		return b.sent(ctx, r, args)
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

// loggable reports whether a word can begin a log, so that its slips are explained as those of a log.
func loggable(word string) bool {
	low := strings.ToLower(word)
	_, kind := kindWords[low]
	_, day := weekdayWords[low]
	_, person := mention(word, "@")
	return kind || day || person || looksLikeNumber(low) || numberWords[low] || linkedin.Looks(word)
}

func tooLong() Reply {
	return say("That is longer than I can read (%d characters). Send up to about 30 profile addresses at a time; nothing was logged.", mostText)
}

// typed is the retry of something typed.
func typed(r Request) retry { return retry{user: r.User, key: r.ID, command: r.Command, text: r.Text} }

// sent logs.
func (b *Bot) sent(ctx context.Context, r Request, args []string) Reply {
	p, err := parseLog(args)
	if err != nil {
		return say("%s", err.Error())
	}
	if most := b.sanity(); p.Quantity > most && !p.confirmed {
		return b.confirm(r, p, most)
	}
	l, err := b.book.Log(ctx, who(r), r.ID, r.At, p.Log)
	if err != nil {
		return b.failed(r, typed(r), err)
	}
	return b.logged(ctx, r, l, placeOf(r))
}

// sanity is the quantity above which a log is asked about: more than the whole ceiling at once.
func (b *Bot) sanity() int {
	if l, ok := b.book.Policy().Find(quota.CeilingName); ok {
		return l.Max
	}
	return quota.MaxQuantity
}

// undo takes back the latest log.
func (b *Bot) undo(ctx context.Context, r Request, args []string) Reply {
	if len(args) > 0 {
		return say("`undo` stands alone: it takes back your latest log, and again the one before. Nothing was undone. Older logs have an Undo on my Home tab.")
	}
	u, err := b.book.Undo(ctx, who(r), r.ID, r.At, 0)
	if err != nil {
		return b.failed(r, typed(r), err)
	}
	return b.undone(ctx, r, u, placeOf(r))
}
