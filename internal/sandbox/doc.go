// Package sandbox owns a local Slack: a workspace of five people that speaks Slack's own protocol to the bot,
// so that the bot can be tried in a browser and tested without an account.
//
// What is here, from the bot's side: the Web API it calls, Socket Mode or signed HTTP for what it is told,
// response URLs, and the refusals Slack is known for. From a tester's side: a control API under /control/ that
// types, presses, submits and waits for the answer, a clock that moves from due time to due time, faults to
// inject, and a journal of everything that went over the wire. From a visitor's side: one page at /.
//
// A call such as /control/command makes a turn: it is delivered, acknowledged, and answered. The bot
// acknowledges after it has made everything a quick request caused, so a turn is over with the acknowledgement
// when an answer has been seen by then, and otherwise with the first answer that follows.
//
// Two clocks run here. Whatever a person could see (times of messages, signatures, the life of a response
// URL) is read from the sandbox's clock, which can stand still and be moved; the three seconds of an
// acknowledgement and of a trigger are real, because the bot's own deadlines are.
//
// Nothing in production imports this package but the sub-command that starts it, and it imports none of ours:
// what the bot sends is read as plain JSON, never through the bot's own library, so that the check is
// independent. It owns no knowledge of outreach, of the bot's verbs, or of what is due.
//
// # Decisions
//
// Payloads are checked by tables of shapes, unknown properties included.
// Because a limit that is data can be compared with Slack's page line by line, and Slack refuses unknown properties.
// A block that Slack accepts and these tables refuse would change a row, never the code.
//
// The clock stands after it was moved, also when it ran with real time before.
// Because "advance 60h, then look" has to show the same thing however slow the machine is.
// A need to watch a moved clock run would add an offset to it.
//
// A message's blocks may hold 12,000 characters of text in all for chat.postMessage and chat.update.
// Slack documents no such limit, but answers msg_blocks_too_long somewhere between 11,300 and 13,300, as people have measured.
// A number published by Slack would replace it.
//
// raw_number cells are refused in a table block.
// Because Slack has refused them where its page allowed them, and raw_text always works.
// Seeing one posted in a real workspace would allow them.
//
// The bot is told of its own direct messages, as Slack does for everybody who subscribes to message.im.
// Because a bot that answers itself is a mistake that only shows when the echo is there.
// Nothing short of Slack stopping it would change this.
package sandbox
