// Package sandbox owns a local Slack: a workspace of five people that speaks Slack's own protocol to the bot,
// so that the bot can be tried in a browser and tested without an account.
//
// What is here, from the bot's side: the Web API it calls, Socket Mode or signed HTTP for what it is told,
// response URLs, and the refusals Slack is known for. From a tester's side: a control API under /control/ that
// types, presses, submits and waits for the answer, a clock that moves from due time to due time, faults to
// inject, and a journal of everything that went over the wire. From a visitor's side: a page at /, in the folder
// page, that uses nothing but that control API.
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
// Open pages follow by a WebSocket, /control/live, which names what changed and never carries it: a page asks for a
// message, a modal or Home as the person it acts for, so that nothing reaches anybody by the wrong door.
//
// # Decisions
//
// The page is plain modules and style sheets, embedded as they were written.
// Because `go run` has to work without a build, and what is served is what is read and debugged.
// A page too slow to load file by file would bring a bundle, with its freshness checked in CI.
//
// No text ever becomes markup: the page has no innerHTML, and its policy forbids it (trusted types) and inline code.
// Because people paste hostile text into every field of a sandbox, and a rule that a browser enforces needs no review.
// Nothing would change this.
//
// A reset puts the clock back to where it stood at the start, the one way back in time.
// Because with an empty store nothing is left that could have happened later.
// A store that outlives a reset would forbid it, which is why a file is not reset.
//
// What somebody typed as a command stands in the room for that person alone, unlike in Slack.
// Because a newcomer has to see which answer belongs to what; the Web API never shows it.
// People taking it for Slack's own behaviour would take it away.
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
