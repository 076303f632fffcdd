// Package commands owns what people can say, press and fill in: one table of verbs with their guards, the
// forms, Home, and what the value of every button holds.
//
// # A request's way
//
// A [Request] comes in by one of five doors: Command, Say, Press, Submit, Open. The door notes where the
// answer will stand. What was typed is split into words; the first one finds a row of the table, or the words
// are a log. The row's guard is asked, the verb reads its own words and makes one call on quota.Book, and
// package look turns the result into a [Reply]. A door never fails: what goes wrong is an answer too, with the
// fix in it, and for the operator the cause under the same reference.
//
// Who asks is always the person in the request. Values of buttons and forms say what and where, never who: a
// value that was made for somebody else, or by nobody, changes nothing.
//
// # Decisions
//
// Every button carries an operation id of its own, and each redraw gives fresh ones.
// So a double click counts once, while a second press of a redrawn button is a new fact.
// Changes our mind: a Slack that numbers presses itself.
//
// More than the whole ceiling in one log is asked about before it is recorded; nothing else ever is.
// It is the one slip (500 for 50) that an Undo does not make harmless: the answer to it frightens.
// Changes our mind: teams whose people really log hundreds at once.
//
// Text around an address is ignored, numbers and days in it too: only the addresses count.
// Phones share a page as a sentence with the address in it, and nobody edits that.
// Changes our mind: logs that turn out to have lost the day or the kind they were meant for.
//
// Beside an address no date is read that names its month, though alone "3 8 dec" is one.
// "Jan 2nd" in front of an address is a name and LinkedIn's degree, as phones share it.
// Changes our mind: members who write such dates with addresses.
//
// A number on either side of a month is asked about, and so is a date without a number.
// "3 dec 8" is a different log in London and in New York, and a wrong fact is worse than a question.
// Changes our mind: a profile at Slack that says how its owner writes dates.
//
// Outside the command to log, a day or a kind alone is no log: the answer asks how many.
// In a direct message "monday" or "message" may be the start of a question, and a wrong fact is worse than one.
// Changes our mind: members who find it in the way.
//
// Retry repeats the words, not the result of reading them, with the key that the first try had.
// They are packed when they are long, since a button's value is short; what does not fit even so gets no Retry,
// and is told to look before typing again.
// Changes our mind: a store of drafts, which would have to be as safe as the journal.
//
// A press on a message in the direct message that is not the log card is answered in its place, as a slash
// command is, and the card is brought up to date where it stands.
// Otherwise each Retry would leave a second card behind, with numbers that go stale.
// Changes our mind: a Slack that keeps one message at the end of a talk.
//
// A form that could not be saved stays open, and submitting it again is its Retry; on Home it is the button
// itself, which keeps its id until Home is redrawn.
// A button for it would have to carry what stands in the fields already.
// Changes our mind: forms too long to keep open.
//
// A word like "accepted" that does not stand in front counts only when every other word is understood.
// "Jane has not accepted yet" holds the same words as a fact, and a wrong one closes somebody's invite.
// Changes our mind: members who write whole sentences, and want them understood.
//
// Each answer about the time before the first log is recorded when it is pressed, before the next is asked.
// Whoever stops half-way has said what they said; the questions stand on the first answer only.
// Changes our mind: a third question.
//
// A question mark behind a verb that records something asks about it: the answer is its help.
// "accepted?" and "sent?" are what people type to find out, not to tell.
// Changes our mind: nobody asking that way.
//
// Today and this week end at the member's own midnight when somebody wants quiet, also where the week that limits
// are counted by has turned already. Whoever says "this week" on a Sunday means the days that are left of theirs.
// Changes our mind: members who read a message on Sunday evening as one of the next week.
//
// An Undo of "sent over several days" only says that it was at once after all; a typed undo takes the log itself back.
// What people undo by typing is what they logged, and no number may change by a word about pace.
// Changes our mind: members who type undo after pressing that button, and mean the button.
//
// Answers to buttons below messages that are taken back stand below them, and go when the person reloads Slack.
// In the message's place they would vanish within seconds.
// Changes our mind: a message that may stay once its cause is gone.
//
// The questions about the time before the first log name days, and so do their answers and the form.
// "This week" is the week of UTC from Monday, which is not the one that everybody lives in.
// Changes our mind: weeks that turn where the member lives.
//
// The page of why about somebody else is the member's own page, word for word, for managers and admins only.
// Two wordings of one page would drift apart, and members must be able to see what is seen of them.
// Changes our mind: something a manager may know and the member may not.
//
// The numbers of special times (warm-up, restriction, the weeks after one) cannot be set for a team.
// They follow from the life of one account, which has a limit of its own to lower or raise.
// Changes our mind: teams whose accounts are all new at once.
//
// A date without a year that is up to half a year past is over; it is not the one of next year.
// Whoever types 24 Nov on the 25th is a day late, and a restriction or a leave of a year would follow from it.
// Changes our mind: plans and leaves made most of a year ahead.
//
// A team's rules have no end: "until" behind them is refused, as it is not meant as a reason.
// A number that ends by itself surprises a whole team on a day that nobody remembers; one member's may.
// Changes our mind: managers who keep setting numbers back on a date.
//
// The package does not know the wire, storage, the rules of quota, or how an answer looks; it keeps nothing.
package commands
