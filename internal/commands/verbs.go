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
	inner []string // words with a meaning behind it alone, which people type without it
	guard guard
	// others is what those can do instead whom the guard for managers turns away, with a space before it.
	others string
	fact   bool // it records what happened: with a question mark behind it, it asks
	run    func(b *Bot, ctx context.Context, r Request, args []string) Reply
}

// verbs is the one table of what people can say. Help, the manifest and the README follow from it.
func verbs() []verb {
	return []verb{
		{
			name: "sent", alias: []string{"log"}, form: "{sent} [n] [kind] [when] [profile addresses]",
			about: "log what you have just sent",
			more: []string{
				"`{sent}` logs 1 invite, `{sent} 8` logs eight.",
				"`{sent} 8 today`, `{sent} 5 yesterday`, `{sent} 3 mon 14:00`, `{sent} 4 2026-11-13`, `{sent} 4 13 nov`: on another day, at most 35 days back, in your own time zone. A weekday means the latest one.",
				"`{sent} 2 inmail`, or `note`, `message`, `page`: another kind.",
				"`{sent} https://www.linkedin.com/in/jane-doe`: one for each person, and a word if a colleague was there before.",
				"What was sent is always recorded, past any limit too.",
			},
			then: []string{"undo", "why", "accepted", "withdrawn", "declined", "replied"}, fact: true, run: (*Bot).sent,
		},
		{
			name: "undo", form: "{sent} undo", about: "take back your latest log",
			more: []string{"Again takes back the one before. Older ones have an Undo on my Home tab."},
			fact: true, run: (*Bot).undo,
		},
		{
			name: "budget", alias: []string{"card", "left"}, form: "{budget} [@member]", about: "what you have left",
			more: []string{
				"`{budget} @ana` shows what a teammate has left. Managers see the whole card, the same one that ana sees.",
				"`{budget} last week`, or `week 2026-11-16` with any day of it: how a week closed.",
				"For managers: `{budget} @ana why` and `{budget} @ana last week`, the same pages that ana sees.",
			},
			then: []string{"why"}, run: (*Bot).budget,
		},
		{
			name: "why", form: "{budget} why [pace, inmail …]", about: "every limit, with its source",
			more: []string{"Who set it, how sure that is, who claims otherwise. `{budget} why pace`, `note`, `inmail`, `message`, `page` and `advice` show what `{budget} why` leaves out."},
			run:  (*Bot).why,
		},
		{
			name: "accepted", form: "{main} accepted [n] [kind] [when] [addresses]", about: "they said yes",
			more: []string{
				"`{main} accepted 3`, `accepted 2 yesterday`, `accepted 1 inmail`, or `accepted` and a profile address. In a direct message `3 accepted` does the same.",
				"Without an address it closes your oldest open invites. It never changes what was sent.",
			},
			fact: true, run: (*Bot).accepted,
		},
		{
			name: "withdrawn", alias: []string{"withdrew"}, form: "{main} withdrawn [n]", about: "you took them back",
			more: []string{"Written like `accepted`. It frees no room, because LinkedIn counts what was sent, and the same person can be invited again after 21 days."},
			fact: true, run: (*Bot).withdrawn,
		},
		{
			name: "declined", form: "{main} declined [n]", about: "they said no",
			more: []string{"Written like `accepted`."},
			fact: true, run: (*Bot).declined,
		},
		{
			name: "replied", alias: []string{"answered"}, form: "{main} replied [n]", about: "they wrote back",
			more: []string{"Written like `accepted`. An InMail answered within 90 days gives its credit back; an invite with a reply stays open until it is accepted."},
			fact: true, run: (*Bot).replied,
		},
		{
			name: "restricted", form: "{main} restricted [day]", about: "LinkedIn restricted you",
			more: []string{
				"`{main} restricted hours` (6 of them), `day`, `week`, `month`, or `3 days`; alone it is a day. `{main} restricted until 18:00`, `until fri`, `until 8 dec 09:00`: until then.",
				"Nothing is left until it ends; then it is half the weekly number for two weeks. `{main} restricted lifted` ends it earlier.",
			},
			fact: true, run: (*Bot).restricted,
		},
		{
			name: "before", form: "{main} before [n] [n]", about: "sent before your first log",
			more: []string{
				"`{main} before 12 this week, 50 last week`, in short `before 12 50`; `before none`. It is spread over the working days of that time.",
				"“This week” is the one of your first log, from Monday 00:00 UTC; “last week” is the one before. The answer names the days. Said again it takes the place of what you said of that week.",
			},
			guard: member, fact: true, run: (*Bot).before,
		},
		{
			name: "plan", form: "{main} plan n [kind] [by day]", about: "day by day, inside all limits",
			more: []string{"`{main} plan 60 by fri`, `plan 60` for this week, `plan 10 inmail by 2026-12-18`; at most 92 days ahead. A plan records nothing."},
			run:  (*Bot).plan,
		},
		{
			name: "away", form: "{main} away until DAY", about: "your leave",
			more:  []string{"`{main} away until fri`, `away fri`, `away 1 dec to 5 dec`: no plan uses those days and I send you no messages about your pace. What you log counts as always, and a passed ceiling I still tell you. `{main} back` ends it."},
			guard: member, fact: true, run: (*Bot).away,
		},
		{
			name: "back", form: "{main} back", about: "end your leave",
			guard: member, fact: true, run: (*Bot).back,
		},
		{
			name: "quiet", form: "{main} quiet today", about: "no messages about your pace",
			more: []string{
				"`{main} quiet today` until your midnight, `quiet this week` until the end of your Sunday; `quiet off` ends it. When a ceiling is passed or a restriction ends, I still tell you.",
			},
			guard: member, run: (*Bot).quiet,
		},
		{
			name: "settings", form: "{main} settings [zone NAME] [days mon-fri] [account TYPE]", about: "zone, working days, account, messages",
			more: []string{
				"`{main} settings zone Europe/Berlin`: your zone; `zone slack` follows your Slack profile again.",
				"`{main} settings days mon-thu`, or `days mon,wed,fri`: the days that plans use.",
				"`{main} settings account sales-navigator billing 14`, `account free new`, `account not new`: your LinkedIn account, and whether it is new; `account unknown` takes the type back.",
				"`{main} settings quiet 18:00-09:00`: your quiet hours, `quiet default` or `quiet off`. What can wait keeps to them.",
				"`{main} settings checkin on`, `recap on`, `cram on`, and for managers `overview on`: messages that come only to those who want them; `off` ends one.",
			},
			inner: []string{"zone", "days", "account", "checkin", "recap", "cram", "overview"},
			run:   (*Bot).settings,
		},
		{
			name: "policy", alias: []string{"rules"}, form: "{main} policy", about: "your team's limits, to see and change",
			more: []string{
				"`{main} policy` shows every limit with its number, and buttons to change them.",
				"`{main} policy set budget 60 \"quarter end\"`, `set pace off \"why\"`, `set messages on \"why\"`; `{main} policy reset budget \"why\"` gives a limit its own number back. A team's number has no end; one member's may: `{main} team limit`.",
				"`{main} policy preset quickmail`: the limits after another guide.",
				"For managers. A change holds from then on; closed weeks keep theirs.",
			},
			guard: manager, others: " `{budget} why` shows every limit on you, and who set it.",
			inner: []string{"preset", "set", "reset"}, run: (*Bot).policy,
		},
		{
			name: "team", form: "{main} team [@member]", about: "your team at a glance",
			more: []string{
				"`{main} team page 2` shows the next page of a long table, `{main} team @ana` one member.",
				"`{main} team limit @ana 40 \"new account\"`, with `until fri` or `until 2026-12-18` if it is to end; `{main} team limit @ana clear \"why\"` takes it back.",
				"`{main} team account @ana sales-navigator billing 14 new since 2026-11-16 \"why\"`: what account a member has; `not new` ends a warm-up.",
				"For managers.",
			},
			guard: manager, others: " `{budget} @name` shows what a teammate has left.",
			inner: []string{"limit", "account"}, run: (*Bot).team,
		},
		{
			name: "digest", form: "{main} digest [preview]", about: "the Monday message to your team",
			more: []string{
				"`{main} digest` says when and where it comes, `digest preview` shows it to you alone, `digest post` posts this week's now if none was posted, `digest held` shows what waits for a person.",
				"`{main} digest time mon 09:00 Europe/Berlin`, `digest time 00:00 utc`: when; never before Monday 00:00 UTC. `digest shows names`, `room` or `totals`: how much it tells.",
				"For managers.",
			},
			guard: manager, inner: []string{"preview", "post", "held", "shows"}, run: (*Bot).digest,
		},
		{
			name: "setup", form: `{main} setup [name "TEAM"] [channel #channel] [managers @mia]`, about: "name a team, its channel and its managers",
			more: []string{
				"For owners and admins of the Slack workspace and for managers they named.",
				"`{main} setup new name \"Sales EU\" channel #sales-eu managers @mia` adds a team. `digest mon 09:00 Europe/Berlin` and `shows totals` behind it set its Monday digest.",
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
