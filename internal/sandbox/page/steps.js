// The steps of the guided start. A step is one entry; a feature that comes adds its own.
//
// done is asked about every deed seen on the wire, whoever did it and in whichever window:
//   {kind: "command", person, line}    a slash command, as typed
//   {kind: "message", person, line}    words to the bot
//   {kind: "press", person, action, value}
//   {kind: "submit", person, values}
//   {kind: "said", name}               the bot said something unasked, and it stands there: "nudge/UANA000001/2026-11-23/1"
//   {kind: "clock", at}                the clock moved
// Every deed has at, and week: whether a new week (Monday 00:00 UTC) has begun since the guide was started.
// show says where to go: as whom, in which place, with which words in the message box; or {clock: true}.

const typed = (deed, command, plain) => (deed.kind === "command" && command.test(deed.line)) || (deed.kind === "message" && plain.test(deed.line));
const pressed = (deed, ...actions) => deed.kind === "press" && actions.includes(deed.action);

export const steps = [
  {
    id: "log", title: "Log five invites",
    text: "You are Ana, and have just sent five invites on LinkedIn. Say so.",
    show: { as: "ana", place: "outreach", text: "/sent 5" },
    done: d => typed(d, /^\/sent(?! +undo)/, /^\d+\b/) || pressed(d, "log_1", "log_5", "log_10"),
  },
  {
    id: "left", title: "See what is left",
    text: "Two numbers: what is left now, and what is left this week.",
    show: { as: "ana", place: "outreach", text: "/budget" },
    done: d => typed(d, /^\/budget$/, /^budget$/i) || pressed(d, "card"),
  },
  {
    id: "undo", title: "Take a log back",
    text: "A slip is no harm: press Undo under the answer, or type it.",
    show: { as: "ana", place: "outreach", text: "/sent undo" },
    done: d => typed(d, /^\/sent undo\b/, /^undo\b/i) || pressed(d, "undo"),
  },
  {
    id: "why", title: "Look where the numbers come from",
    text: "Every limit names its source, how sure it is, and who says otherwise.",
    show: { as: "ana", place: "outreach", text: "/budget why" },
    done: d => typed(d, /^\/budget why\b/, /^(budget )?why\b/i) || pressed(d, "why"),
  },
  {
    id: "burst", title: "Send too fast",
    text: "Twenty-five at once: the answer mentions it, and Paceline writes to Ana alone. Look under Apps.",
    show: { as: "ana", place: "outreach", text: "/sent 25" },
    done: d => d.kind === "said" && /^(nudge|ceiling)\//.test(d.name),
  },
  {
    id: "accepted", title: "Tell what became of them",
    text: "Three people accepted. Outcomes are never limited, and give an honest share of what was accepted.",
    show: { as: "ana", place: "outreach", text: "/paceline accepted 3" },
    done: d => typed(d, /^\/paceline (accepted|withdrawn|declined|replied)\b/, /\b(accepted|withdrawn|withdrew|declined|replied)\b/i),
  },
  {
    id: "plan", title: "Plan the week",
    text: "Sixty until Friday: a number for each working day, inside every limit, or what is possible instead.",
    show: { as: "ana", place: "outreach", text: "/paceline plan 60 by fri" },
    done: d => typed(d, /^\/paceline plan\b/, /^plan\b/i),
  },
  {
    id: "monday", title: "Move to Monday, 00:00 UTC",
    text: "A week begins by itself; nothing has to run for it. Press “to Monday 00:00 UTC” in the clock, and read the digest in #outreach.",
    show: { clock: true },
    done: d => d.week,
  },
  {
    id: "fresh", title: "See a fresh week",
    text: "The week's budget is whole again. “Left now” can be less: the last 7 days still count for a while.",
    show: { as: "ana", place: "outreach", text: "/budget" },
    done: d => d.week && typed(d, /^\/budget$/, /^budget$/i),
  },
  {
    id: "manager", title: "Be Mia, the manager",
    text: "Managers see a member's whole card, the same one that the member sees.",
    show: { as: "mia", place: "outreach", text: "/budget @ana" },
    done: d => d.person === "mia" && typed(d, /^\/budget @?ana\b/i, /^budget @?ana\b/i),
  },
  {
    id: "overview", title: "See everybody at a glance",
    text: "Whom to look at, who has room, and a table by name. Members see all of it about themselves.",
    show: { as: "mia", place: "outreach", text: "/paceline team" },
    done: d => d.person === "mia" && typed(d, /^\/paceline team\b(?! (limit|account))/, /^team$/i),
  },
  {
    id: "policy", title: "See your team's rules",
    text: "Every limit, who changed it and why. A press changes a number, or chooses another guide.",
    show: { as: "mia", place: "outreach", text: "/paceline policy" },
    done: d => d.person === "mia" && typed(d, /^\/paceline policy\b/, /^policy\b/i),
  },
  {
    id: "limit", title: "Give one person a number",
    text: "With a reason, which Ana can read in her own limits.",
    show: { as: "mia", place: "outreach", text: '/paceline team limit @ana 40 "new account"' },
    done: d => d.person === "mia" && (typed(d, /^\/paceline team limit\b/, /^team limit\b/i) || (d.kind === "command" && /^\/paceline policy set\b/.test(d.line))),
  },
  {
    id: "restricted", title: "Tell of a restriction",
    text: "LinkedIn restricted Ana for a day: nothing is left until it ends, then half for two weeks.",
    show: { as: "ana", place: "outreach", text: "/paceline restricted day" },
    done: d => typed(d, /^\/paceline restricted\b/, /^restricted\b/i),
  },
];
