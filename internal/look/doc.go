// Package look owns how a budget looks in Slack: the words of every answer and card, and their blocks.
//
// Each function is pure: it turns a value of package quota into a [Message], whose Text stands alone for
// notifications and screen readers, and whose Blocks say the same for eyes. In every text about a budget
// the first "<number> left" is what can still be sent now, in plain digits with no mark-up in between.
//
// Words: members read "limit", "last 7 days" and "the ceiling of about 100", never "gauge" or "rolling".
// Nothing here praises, ranks or counts a percentage of a budget used.
//
// # Decisions
//
// The answer to a log names the limit it stands on in brackets: "70 left this week (5 of a budget of 75)".
// Without it a drop from two numbers to one looks like an error. We would change our mind if people found
// it noisy.
//
// All mrkdwn is sent verbatim: Slack makes links and mentions only of what is marked up as one. What people typed is
// shown back in many answers, and a host that only looks like LinkedIn must not become a link. We would change our
// mind if people missed pressing on addresses.
//
// The text of the log card holds what was said and the whole card, so screen readers hear the number twice. The card
// shows both, and a text that leaves out what is seen is worse. We would change our mind if Slack read blocks aloud.
//
// What people read is drawn from the data of a limit: its window, basis, force, stage and who chose the number. The few
// names of limits asked for are those that every guide shares. A new limit or guide then reads well without a change
// here. We would change our mind if a guide needed words of its own.
//
// A restriction is told before everything else, a ceiling that is passed before all limits, and of those with nothing
// left the one that is passed by most. What is graver must not hide behind what is first in a list. We would change
// our mind if people asked why another limit was named.
//
// Why comes in pages: what binds invites, the soft lines, each other kind, what is claimed beside limits. All of it on
// one page is more than Slack shows without a fold and more than anybody reads. We would change our mind if people kept
// paging through all of them.
//
// Who chose a number is named where the roster knows the name; else mentioned in blocks, and "a manager" in the text,
// because a text with an identifier in it reads badly aloud. We would change our mind if everybody who may change a
// rule stood in the roster.
//
// "About", and that LinkedIn publishes none, is said of numbers that a guide believes, never of one that somebody chose
// here, nor of one that follows it. A team that sets 10 knows that it is 10. We would change our mind never.
//
// Why shows what is off and what does not hold yet, with its claim: a limit that has gone without a word looks like one
// that never was. We would change our mind if teams turned most of them off.
//
// Why a plan is smaller than was wanted is found by laying it again without each limit in turn, and told of the first
// that lets more fit. The plan itself knows no reasons. We would change our mind if that were slow (it takes at most a
// dozen plans).
//
// In the channel the table stands by name and cannot be sorted, and acceptance is told only if three people record it.
// A table that sorts is a ranking, and of two shares each could work out the other's. We would change our mind never.
//
// An announcement has a Spare: the same without tables and charts, in plain lines. Slack refuses those blocks in some
// places and to some apps, and a digest must come all the same. We would change our mind if Slack took them everywhere.
//
// The daily pace advises at the log that crosses it and is told plainly afterwards; past the budget it is not told.
// The same advice at every log is a nag. We would change our mind if bursts went unnoticed.
//
// The warning of the last 7 days is told at every log while it is passed, that many invites are open once. The guide that
// has that warning has no other line on the week, and what is open changes too slowly to be told each time. We would
// change our mind if the warning kept nobody from a restriction.
//
// The end of a limit is told as a moment in the reader's time, or as the end of a day where it is midnight there. A day
// alone is a lie in every other zone. We would change our mind if limits ended by each member's own day.
//
// The package does not know verbs, what a button does, or whom a message goes to.
package look
