// Package slackapp owns the wire between Slack and the bot: Socket Mode and signed HTTP in, acknowledgements,
// response_url and the Web API out.
//
// Whatever comes in, and whichever way, becomes one inbound (inbound.go, command.go, interaction.go,
// event.go). One turn answers it inside Slack's three seconds (turn.go), one place makes the answer known
// (delivery.go). Everything in hand is counted, so that Drain can wait for it.
//
// Decisions:
//
// Two Socket Mode connections unless told otherwise.
// Slack refreshes a connection every few hours and slack-go takes it down before it dials again; the second carries on.
// A library that overlaps old and new connections would change our mind.
//
// Payloads are read into small structs of our own, and slack-go's reading of envelopes is ignored.
// One parser then serves both transports, and no new kind of block can make a button unreadable.
// A Slack payload that cannot be read from a handful of fields would change our mind.
//
// An error that a new token alone can mend ends Run; every other one is shown by Ready while slack-go tries again.
// A process that ends with the sentence is seen at once; one that loops for ever looks healthy to a supervisor.
// Tokens that can be exchanged while the process runs would change our mind.
//
// A stale profile is better than none: when Slack does not answer in time, the one known before is used.
// A zone that is an hour old is right more often than UTC, and user_change brings news in any case.
// Rights that must end within the hour even while events are lost would change our mind.
//
// The last acknowledgements get 100 ms between being queued and hanging up.
// slack-go does not say when a queued acknowledgement was written; one that is lost is delivered again under the same key.
// A flush in slack-go would change our mind.
//
// A message's name travels in its metadata, and only the bot's own messages are looked at for it.
// Metadata is not shown, survives edits, and a second bot on another store in the same channel has the same names.
// A key of idempotence of chat.postMessage would change our mind.
//
// History is read from the latest message back, without Slack's oldest, and at most 2,000 messages of it.
// A clock of ours that is ahead then hides no recent message; what is not found among so many is in doubt, not absent.
// Teams whose channel takes more than that within hours would change our mind.
//
// Whatever Retry-After cannot be read, or is more than a day, counts as 30 s for what is said unasked.
// A 429 is a definite no, and a bad header must not make a doubt of it.
// A Slack that sends dates there would change our mind.
//
// A definite 429 on an answer or an edit is tried once more when Slack says so, at the latest after 30 s; an
// answer by response_url that replaces is also tried once more 1 s after a 5xx; nothing else is tried twice.
// A 429 took nothing and a replacement twice is one, so nothing is ever said twice; the timers are real because a socket waits.
// A Slack that takes keys of idempotence for posts would change our mind.
//
// An answer with tables or charts goes by response_url, never in an acknowledgement, and when Slack refuses its blocks it
// is sent again with the spare ones, then as text alone.
// A refusal took nothing, so nothing is said twice; Slack refuses what an acknowledgement holds without telling the bot.
// A Slack that draws those blocks for everybody would change our mind.
//
// The last 4,096 names of direct messages are remembered, in memory only.
// A lost acknowledgement brings an event again within minutes; after a restart the repeat may be the first that is answered.
// Several processes behind one address would change our mind.
//
// Of the edits that wait for one message only the newest is sent, and after the one under way.
// Each says all there is to see, and edits that overtake each other would leave the older one standing.
// Edits that add to what stands there would change our mind.
//
// A parameter that stands twice in a form is refused.
// Slack sends none, and two readers that pick different ones is how checks are passed by.
// A Slack-compatible server that repeats parameters would change our mind.
//
// It does not decide what is answered, nor what is said unasked, nor when, nor whether to try again.
package slackapp
