// Package quota owns the domain: weeks, entries, journals, limits, budgets, the roster, and the contract
// of the store that keeps them.
//
// # Model
//
// A member's journal is a list of entries that is only ever appended to. A [Limit] is data: so many of a
// kind, over a window, on a basis. A [Preset] is a list of limits, as one guide teaches them. [Rules] are what one
// member lives by: the preset that the team chose, numbers of its own, the member's account and own limit.
// Measuring a limit on a journal at a moment gives a [Gauge]; all gauges of a kind together give a [Budget], whose
// Left is the smallest room over the gauges that bind. Nothing is decremented and nothing is reset: every
// number is derived from entries each time, and Monday only changes which [Week] is the current one.
//
// Two windows bind on purpose. A hundred invites on Sunday night and a hundred on Monday morning are
// inside two calendar weeks and still two hundred in a day, so the last seven days count as well.
//
// # Writes
//
// [Book] joins the domain with a [Store]. Each of its methods makes one write: it says what it must see,
// and gives the store a pure function from those facts to a change. The store runs that function with
// the workspace to itself, so all rules live here and an engine has nothing to get wrong but atomicity.
// An operation key comes with each write; a repeated key changes nothing, and the first answer is drawn
// again from the entries that the first write made.
//
// A fact is never refused: an invite that was sent is recorded past every limit, and the result says what
// that means. What can be refused is malformed: a day too far back, a quantity below one.
//
// # Laws
//
//   - Any order of recording the same sends gives the same gauges.
//   - Splitting a log in two changes no gauge.
//   - Undo restores every number.
//   - Left is never more than the room of any gauge that binds, and never below 0.
//   - Between two turns of the rules no number changes; between entries and turns nothing used grows.
//   - The rows of teams and members are what the deeds tell; a closed week keeps the rules it closed under.
//
// # Decisions
//
// An operation's result keeps only entry numbers and its moment: the reply to a repeat is computed from the entries as
// of then. Storing the reply would tie the ledger to wording. We would change our mind if limits became
// so dynamic that "as of then" could not be computed.
//
// An undo is one entry for each entry it takes back, at the same time and person. It lets every sum and
// every look-up by person work on signed quantities alone. We would change our mind if partial undo came.
//
// What a rolling window frees within an hour is told as one opening. Somebody who logs one by one would
// otherwise read "1 opens up 10:03". We would change our mind if people planned by the minute.
//
// An answer about the time before the first log is an operation with a marker (Remembered), which names the answer it
// takes the place of. Undoing it writes the one before anew, since undone entries stay undone. We would change our mind
// if other corrections wanted the same.
//
// Messages to managers have numbered names, up to four, and say in To whom they are for. A write must name what it reads
// before it has seen the roster. Whoever manages the team no more when it is said is not told, nor is whoever was named
// since, but of a passed ceiling, which the member was told a manager would hear of. We would change our mind if a write could read by prefix.
//
// What is said about a restriction is named after the moment of the report that made it, and a write that may change it
// reads twice: first which reports there are, then those and their messages. Of a number nobody knows beforehand which it
// will be, and whoever was never restricted pays nothing. We would change our mind if a write could read by prefix.
//
// A month of InMail carries over only if it lies wholly after the first log and after the type of the account was
// set: what was left of any other nobody knows. We would change our mind if members could tell a balance.
//
// The answer to a change of rules holds a mark of what was asked for, and that to an outcome what it gave back: neither
// can be told from rows that have moved on. We would change our mind if answers could hold the whole result.
//
// The package does not know Slack, storage formats, wording or the clock: time is an argument.
package quota
