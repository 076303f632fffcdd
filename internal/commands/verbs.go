package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/paceline/paceline/internal/look"
)

// A verb is one thing that can be said to the bot. {sent}, {budget} and {main} stand for the commands as
// they are configured.
type verb struct {
	name  string   // the word
	alias []string // other words for it
	form  string   // how it is typed
	about string   // what it does, in a few words
	more  []string // what help adds
	then  []string // other verbs that may stand behind it, besides help
	guard guard
	run   func(b *Bot, ctx context.Context, r Request, args []string) Reply
}

// verbs is the one table of what people can say. Help, the manifest and the README follow from it.
func verbs() []verb {
	return []verb{
		{
			name: "sent", alias: []string{"log"}, form: "{sent} [n] [kind] [when] [profile addresses]",
			about: "log what you have just sent",
			more: []string{
				"`{sent}` logs 1 invite, `{sent} 8` logs eight.",
				"`{sent} 8 today`, `{sent} 5 yesterday`, `{sent} 3 mon 14:00`, `{sent} 4 2026-11-13`: on another day, at most 35 days back, in your own time zone. A weekday means the latest one.",
				"`{sent} 2 inmail`, or `note`, `message`, `page`: another kind.",
				"`{sent} https://www.linkedin.com/in/jane-doe`: one for each person, and a word if a colleague was there before.",
				"What was sent is always recorded, past any limit too.",
			},
			then: []string{"undo", "why"}, run: (*Bot).sent,
		},
		{
			name: "undo", form: "{sent} undo", about: "take back your latest log",
			more: []string{"Again takes back the one before. Older ones have an Undo on my Home tab."},
			run:  (*Bot).undo,
		},
		{
			name: "budget", alias: []string{"card", "left"}, form: "{budget} [@member]", about: "what you have left",
			more: []string{"`{budget} @ana` shows what a teammate has left. Managers see the whole card, the same one that ana sees."},
			then: []string{"why"}, run: (*Bot).budget,
		},
		{
			name: "why", form: "{budget} why", about: "every limit, with its source",
			run: (*Bot).why,
		},
		{
			name: "settings", form: "{main} settings [zone NAME] [days mon-fri]", about: "your time zone and working days",
			more: []string{
				"`{main} settings zone Europe/Berlin`: your zone; `zone slack` follows your Slack profile again.",
				"`{main} settings days mon-thu`, or `days mon,wed,fri`: the days that plans use.",
			},
			guard: member, run: (*Bot).settings,
		},
		{
			name: "setup", form: `{main} setup [name "TEAM"] [channel #channel] [managers @mia]`, about: "name a team, its channel and its managers",
			more: []string{
				"For owners and admins of the Slack workspace and for managers they named.",
				"`{main} setup new name \"Sales EU\" channel #sales-eu managers @mia` adds a team.",
			},
			guard: manager, run: (*Bot).setup,
		},
		{
			name: "help", alias: []string{"?"}, form: "{main} help [verb]", about: "this, or more about one of these",
			run: (*Bot).help,
		},
		{
			name: "menu", form: "{main}", about: "buttons for all of it",
			run: (*Bot).menu,
		},
	}
}

// find returns the verb of a word.
func find(word string) (verb, bool) {
	word = bare(word)
	if w := strings.TrimRight(word, "?"); w != "" {
		word = w
	}
	for _, v := range verbs() {
		if v.name == word || slices.Contains(v.alias, word) {
			return v, true
		}
	}
	return verb{}, false
}

// fill puts the configured commands into a text.
func fill(names look.Names, text string) string {
	return strings.NewReplacer("{sent}", names.Sent, "{budget}", names.Budget, "{main}", names.Main).Replace(text)
}

// A SlashCommand is one command as Slack is told of it.
type SlashCommand struct {
	Command     string
	Description string
	Hint        string
}

// SlashCommands lists the commands to register with Slack.
func SlashCommands(names look.Names) []SlashCommand {
	var subs []string
	for _, v := range verbs() {
		if strings.HasPrefix(v.form, "{main} ") {
			subs = append(subs, v.name)
		}
	}
	return []SlashCommand{
		{Command: names.Sent, Description: "Log LinkedIn invites you have just sent", Hint: "[n] [kind] [when] [profile addresses] | undo"},
		{Command: names.Budget, Description: "See what you have left this week", Hint: "[why] [@member]"},
		{Command: names.Main, Description: "Everything else Paceline does", Hint: "[" + strings.Join(subs, " | ") + "]"},
	}
}

// A Usage is one verb as documentation shows it.
type Usage struct {
	Verb  string
	Form  string
	About string
	More  []string
}

// Usages lists all verbs in the order of help.
func Usages(names look.Names) []Usage {
	var out []Usage
	for _, v := range verbs() {
		u := Usage{Verb: v.name, Form: fill(names, v.form), About: v.about}
		for _, m := range v.more {
			u.More = append(u.More, fill(names, m))
		}
		out = append(out, u)
	}
	return out
}

// LogShortcut is the callback id of the global shortcut that opens the form to log with.
const LogShortcut = "log"

// LogShortcutName is what Slack's menu calls it; Slack takes 24 characters.
const LogShortcutName = "Log invites"
