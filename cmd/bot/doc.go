// Command bot is Paceline: a Slack bot that keeps a team's LinkedIn outreach inside a budget. This file is
// the map of the whole project; each package says the rest about itself.
//
// # What it does
//
// A member types `/sent 5`. The five invites are written to the member's journal, and once they are durable
// the answer says what is left this week and which limit says so. Nothing here touches LinkedIn: the bot is
// told what was sent, and does the bookkeeping.
//
// # Laws
//
//  1. The journal is the truth. Entries are appended, never edited; undo is an entry. Every number shown is
//     derived from entries.
//  2. Nothing resets. A week is a name, its Monday. Monday changes which name is current.
//  3. Cron pokes, the store decides. A tick asks what is due; missed, early or doubled ticks change nothing.
//  4. Everything said unasked has a name, digest/1/2026-11-23, in the store before it is said.
//  5. Commands answer, they do not send. A request value goes in, a reply value comes out; only the edge
//     talks to Slack.
//  6. Time is an argument. The clock is read at two doors, where a request enters and where a tick enters.
//     A tick reads it again to count a rest that Slack asks for. Every other wait is a due time, never a timer;
//     real timers serve sockets and Slack's three seconds.
//  7. An error has two audiences. The person gets a sentence that names the fix, and a reference; the
//     operator gets the whole chain in the log, under the same reference.
//  8. A fact is never refused. What was sent is recorded past every limit.
//
// # Floor plan
//
//	cmd/bot            configuration, wiring, sub-commands; the only place that knows everything
//	internal/slackapp  the wire: Socket Mode and HTTP, signatures, profiles, delivery of replies
//	internal/commands  what people can say and press: one table of verbs, forms, Home
//	internal/look      how everything looks that is said: words and blocks
//	internal/quota     the domain: weeks, entries, limits and presets, budgets, plans, pace, rules and who changed
//	                   them, messages to be said, the store's contract, and Book
//	internal/store     engines that keep it all: a file (bbolt) and memory
//	internal/digest    what is said without being asked, and how it is said once
//	internal/linkedin  keys of profile addresses
//	internal/sandbox   a local Slack to try and to test against; only `bot sandbox` and tests use it
//	manifest           Slack app manifests, generated from the table of verbs
//
// Imports run from the top down only: slackapp → commands → look → quota, store → quota, digest → look,
// quota. quota, linkedin and sandbox import nothing of ours. floorplan_test.go holds this as data and fails
// on anything else, and on a clock read anywhere but at the doors.
//
// # A slash command's way
//
// slackapp reads at most 1 MiB, checks the signature and its age, and makes one commands.Request, the same
// value for Socket Mode, HTTP and direct messages. Its ID is what Slack repeats when it repeats itself. The
// verb parses its words and makes one call on quota.Book, which makes one write on the store: the operation
// key, what must be seen, and a pure function from those facts to a change. The engine runs it with the
// workspace to itself, and shares one fsync among all who wait. The result becomes a Reply, whose text stands
// alone; slackapp answers at once when it is ready within 2.2 seconds, and otherwise acknowledges and answers
// by response_url.
//
// # Limits and rules
//
// A limit is data: so many of a kind, over a window, on a basis, for an account at a stage, with its claim, its
// source and what contradicts it. Six presets hold what six guides teach. A team's rules are a preset and the
// numbers it chose; each change is a quota.Deed (who, when, from what to what, why), and the rows are caches of the
// deeds, so that the rules of any earlier week can be told. quota.Standing measures every limit in force for one
// member at one moment, and the same functions forecast and plan.
//
// # What happens unasked
//
// A write that should be heard of (a burst, a passed ceiling, a restriction, a changed rule) puts a quota.Intent into
// the store with its cause; what time alone brings about (digests, recaps) has one from the moment somebody wants it,
// and each makes the next. robfig/cron pokes digest.Clockwork at start and every 30 seconds, and poke.go does so at
// once when something due was written. A tick claims what is due, puts it into words (digest.Speech, with look),
// freezes them, sends through slackapp, and settles; what may or may not have been said is looked for by its name
// before it is said again. Package digest says exactly what is guaranteed.
//
// # The sandbox
//
// `bot sandbox` runs a play (play.go): a local Slack, and in it one bot after another, each connected exactly as it
// would be to Slack. The sandbox owns the clock, and moving it moves the two doors. Its page is plain modules,
// embedded, with no build step, and its gallery shows every message that the product sends. A reset from the page
// ends the bot in order, clears the Slack, and puts a new bot on a new store in memory. `bot serve` knows nothing of it.
//
// # Configuration and health
//
// The environment configures `bot serve` (config.go). What is wrong with it is told at once and completely,
// with exit code 2, after which a restart is of no use; exit code 1 means that a restart may help. /healthz says
// that the process is alive, /readyz that Slack reaches it and takes its tokens. SIGTERM stops accepting,
// finishes what is in hand, and closes the store.
//
// # Tests
//
// The whole bot is driven by text files in testdata/conversations: real slack-go, a real store, the sandbox's
// Slack, over both transports and on every engine, inside testing/synctest with net.Pipe for sockets. Rules of
// the domain are properties in internal/quota; engines share one conformance suite in internal/store. What
// Slack would see is checked against Slack's own types (tools/payloads), and the sandbox's page is driven in a
// real Chromium (tools/browser). Processes are killed with a control that must lose (process_test.go), and over
// many Mondays with a control that must say things twice (chaos_test.go).
//
// # Decisions
//
// A typed direct message moves the log card to the end of the talk (post, then delete the old one); buttons
// edit it where it stands. An edit far above what was just typed would look like silence. We would change
// our mind if Slack let an app move its own message.
//
// gorilla/websocket serves the sandbox too: slack-go brings it already. We would change our mind if slack-go
// left it.
//
// Presets live in code, not in a file: a claim without a source and a test is a defect, and code is where both are
// reviewed. Teams choose among them and change numbers by command. We would change our mind if operators asked for
// presets of their own.
//
// A message that is due is said at once, by a poke from the store's door (poke.go), not with the next beat. Nothing
// depends on it: a lost poke costs 30 seconds. We would change our mind if ticks became dear.
package main
