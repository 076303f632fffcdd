// Package digest owns what the bot does without being asked: what is due at a moment, how it is said exactly
// once as far as that can be had, and when something is next due.
//
// Nothing here waits. Whoever pokes [Clockwork.Tick] (cron at start and every 30 seconds, the sandbox
// whenever its clock is moved) may do so early, late, twice or from two places: what is due is worked out
// from the moment and the store alone. A new week needs nothing to run: weeks are names, see package quota.
//
// # The road of a message
//
// A message that nobody asked for is a quota.Intent. A Tick claims what is due, a handful at a time, and takes
// each as far as it goes (errand.go): a [Kind] puts it into words, which are frozen in the intent; the fence, a
// settling that only the holder of the claim gets past, is made before every sending; then it is posted under its
// name, and settled. What Slack answers decides:
//
//	it stands there      Posted; the channel is left alone for a second
//	quota.Busy           Pending again after as long as Slack asks, a day at most; see below
//	quota.Refusal        Held or Cancelled with Slack's word, as the kind wants it; blocks that Slack does not
//	                     take are first replaced by the spare ones, and those by the text alone
//	anything else        nobody knows: Uncertain, or for a kind that is said at most once Cancelled
//
// Slack counts each method for itself (hush.go). So whoever is asked for patience, in posting, editing, deleting,
// looking or asking for a composer, leaves a hush of that call in the store, for every message of the workspace and
// every process; other calls go on. What was asked for patience while somebody waited for an answer (a command, a
// button, Home) is not in the store: it counts for that one answer.
//
// A message without words, because a composer failed, is Pending again after 10 seconds, which double each time in a
// row up to 15 minutes.
//
// What is Uncertain, or was sent by somebody whose lease has run out, is looked for by its name (look.go): after
// 90 seconds, then after pauses that double up to 15 minutes. Present: Posted. Absent in two looks in a row: Pending
// again. Without the right to look, or when looking has failed for a day: Held. A message that was not sent at
// all needs no looking, and Tries tells: it counts the sendings that may have become a message.
//
// What is Held is told to whom it may concern: [Kind.Held] is called once it is settled. For a digest that writes a message
// to each manager, under a name, so that each hears of it once. It is edited when the digest is held again and taken away when it
// waits no more; where a crash came in between, the next Schedule does so.
//
// An intent whose At is set stands in Slack already. Saying it is an edit, which does no harm twice and is tried
// again freely; when its composer says [Moot], it is deleted. Expires does not matter to it.
//
// # Changing what is under way
//
// Whoever wants other words writes the intent without its Content. A Posted one becomes Pending with a new Due
// and Next, and keeps At and Tries. In every other state that is not final State, Next and Tries stay, and Token
// becomes 0, so that whoever is saying the old words can no longer settle them. If they learn where those stand,
// Settle keeps that, and the new words are an edit. Otherwise the intent is looked for, edited when it is there, and
// composed anew when it is not; a kind that is said at most once is cancelled. One that was never sent may be written whole, as Pending
// with Token 0: nobody gets past the fence with it then. A Held one becomes Pending (to be said now) or Posted
// (a person saw it there). What has been taken back stays so.
//
// # What is guaranteed
//
//   - At most one message of a name stands in Slack, if Slack shows what it lands within 90 seconds of being
//     asked, its history tells the truth, and nobody deletes the message by hand meanwhile. The 90 seconds begin
//     when the fence was passed: a process that is frozen for longer between fence and request breaks it, and
//     clocks of several processes that differ shorten them by as much.
//   - A kind that is said at most once is sent at most once but for definite noes, without any condition.
//   - A reconciled message is said, or Held with a reason, or Cancelled with one: its composer's, Slack's, or
//     [Late]. None is lost to crashes, lost answers or several processes.
//   - Every further try says the same, byte for byte, but for blocks that Slack refused, as long as a message may
//     stand in Slack and [Kind.Holds] is not over. A digest of which nothing stands (a definite no, or two looks in
//     vain) and that is more than [quota.Punctual] late is composed anew before it is posted: the figures are still those of
//     its due time, and it says how late it is.
//   - Every intent ends while its composer and Slack answer now and then, and otherwise when it expires or a week
//     after it was due.
//
// Not guaranteed: that a message is visible exactly once. chat.postMessage takes no key of idempotence, so a call
// whose answer is lost is unknowable from the answer, and nobody can promise it. Nor the order of messages.
//
// # Decisions
//
// The moment of a Tick stands still, so one Tick takes on at most 64 intents, eight at once, and then asks to be
// called again. A Tick that ran for an hour would write leases that are over already. Only rests that begin with an
// answer of Slack's count from that answer (Clockwork.Now): a rest that Slack asked for must not be cut short.
// We would change our mind if a tick could be given a clock that moves.
//
// When it was sent is kept beside the words, in Content. Pauses double with the time that has passed since, so no
// counter is needed, and looking knows how far back to go.
// We would change our mind if an intent had a field for it.
//
// A stop lets the messages under way finish. Cutting a request off leaves a doubt behind, which costs minutes.
// We would change our mind if Slack's answers took longer than a supervisor's patience.
//
// A message of a kind that this process does not know is put off, not held: during a rolling upgrade somebody else
// knows it. We would change our mind if kinds were ever taken away.
//
// A refusal of an edit because the message is gone cancels it. Somebody took it away, and does not want it back.
// We would change our mind if a message were deleted by mistake often.
//
// What is said about a restriction is put into other words by whoever changes it, and composed from the reports as they
// are then; a change of rules that a later one replaces before it is said is not said. Old words beside new numbers
// would be wrong. We would change our mind if a message froze its numbers when its cause was written.
//
// A digest of a channel of which nobody may say who reads it names nobody, as in one that another company reads. A name
// that went to another company cannot be taken back, and the manager is told which scope brings names. We would change
// our mind if Slack told every app who reads a channel that it is in.
//
// The package has no clock of its own, does not know Slack's protocol, and does not decide how a message looks.
package digest
