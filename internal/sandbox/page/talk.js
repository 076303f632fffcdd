// The conversation in front: its newest messages, older ones on the way up, and every change as it happens.

import { el } from "./blocks/dom.js";
import { underWay } from "./act.js";
import { icon } from "./icons.js";
import { dated } from "./message.js";
import { place, rowsOf } from "./rows.js";
import { emit, me, nameOf, now, on, roomId, state } from "./state.js";
import { tell, toast } from "./toast.js";
import { ask, query } from "./wire.js";

const page = 60; // messages fetched at once
const most = 1200; // messages kept while the newest is in view

const list = document.getElementById("list");
const rows = el("div", { class: "rows" });
const down = el("button", { type: "button", class: "to-newest", hidden: true, onclick: () => toBottom() }, icon("down"), "New messages");
let messages = [], older = false, loaded = "", revisions = 0;
let wanted = new Set(), flushing = 0, reading = Promise.resolve();

const where = () => (state.place === "dm" ? { dm: state.me } : { channel: state.place });
const fetchSome = more => ask("messages?" + query({ ...where(), as: state.me, commands: 1, ...more }));
const key = () => state.me + "/" + state.place;
const atBottom = () => list.scrollHeight - list.scrollTop - list.clientHeight < 60;

function known(fresh) {
  return fresh.map(m => {
    const text = JSON.stringify(m), old = messages.find(o => o.ts === m.ts && o.whole === text);
    return old || { ...m, whole: text, rev: ++revisions, dated: dated(m) };
  });
}

function draw(stay) {
  const low = stay === "bottom" || (stay !== "here" && stuck);
  place(rows, rowsOf(messages, me().tz, now(), key()));
  top.hidden = !older;
  if (!messages.length && loaded === key()) empty();
  else blank.replaceChildren();
  if (low) toBottom();
}

let stuck = true; // the newest is in view, and stays so when what is above it turns out higher than was guessed

function toBottom() {
  stuck = true;
  list.scrollTop = list.scrollHeight;
  down.hidden = true;
}

// load begins with the newest messages.
export async function load() {
  if (state.place === "home") return;
  const mine = key();
  wanted.clear();
  if (loaded !== mine) { messages = []; loaded = ""; older = false; place(rows, []); blank.replaceChildren(); }
  reading = reading.then(async () => {
    try {
      const fresh = await fetchSome({ limit: page });
      if (mine !== key()) return;
      messages = known(fresh);
      older = fresh.length === page;
      loaded = mine;
      list.setAttribute("aria-label", state.place === "dm" ? "Messages with Paceline" : "Messages in #" + state.place);
      draw("bottom");
    } catch (e) { toast(e.message, "error"); }
  });
  await reading;
}

let climbing = false;
async function climb() {
  if (climbing || !older || !messages.length || loaded !== key()) return;
  climbing = true;
  stuck = false;
  const mine = key();
  try {
    const fresh = await fetchSome({ limit: page * 2, before: messages[0].ts });
    if (mine !== key()) return;
    const height = list.scrollHeight, stood = list.scrollTop;
    messages = [...known(fresh), ...messages];
    older = fresh.length === page * 2;
    draw("here");
    if (list.scrollTop < stood + 8) list.scrollTop = stood + list.scrollHeight - height;
    sight.unobserve(top); // who is at the top again by now would not be noticed otherwise
    sight.observe(top);
  } catch (e) { toast(e.message, "error"); } finally { climbing = false; }
}

// changed takes a notice about a message and fetches what it names, several at once when they come in a crowd.
function changed(n) {
  if (n.channel !== roomId() || (n.only && n.only !== me().id) || state.place === "home") return;
  if (n.change === "deleted") {
    wanted.delete(n.ts);
    messages = messages.filter(m => m.ts !== n.ts);
    if (loaded === key()) draw();
    return;
  }
  if (n.change === "changed" && messages.length && older && n.ts < messages[0].ts) return;
  wanted.add(n.ts);
  if (!flushing) flushing = setTimeout(flush, wanted.size > 20 ? 100 : 12);
}

// flush waits for what is being read, so that an older answer never overtakes a newer one.
function flush() {
  flushing = 0;
  reading = reading.then(readChanges);
}

async function readChanges() {
  const mine = key(), some = [...wanted].sort(), crowd = some.length > 40;
  wanted = new Set();
  if (!some.length) return;
  try {
    const fresh = known(await fetchSome(crowd ? { from: some[0], limit: most / 2 } : { ts: some }));
    if (mine !== key()) return;
    if (crowd && fresh.length === most / 2) { messages = messages.filter(m => m.ts >= fresh[0].ts); older = true; } // more came than fits: begin with the newest
    const newest = messages.length ? messages.at(-1).ts : "", low = stuck;
    const all = new Map(messages.map(m => [m.ts, m]));
    for (const m of fresh) all.set(m.ts, m);
    messages = [...all.values()].sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));
    if (low && messages.length > most) { messages = messages.slice(-most / 2); older = true; }
    const arrived = fresh.filter(m => m.ts > newest);
    draw(low || arrived.some(m => m.user === me().id) ? "bottom" : undefined);
    if (!low && arrived.length && !stuck) down.hidden = false;
    for (const m of arrived.slice(-3)) if (!m.ran && m.user !== me().id) tell(nameOf(m.user) + ": " + m.text);
  } catch (e) { toast(e.message, "error"); }
}

function empty() {
  const direct = state.place === "dm", general = state.place === "general";
  const line = direct ? "8" : "/sent 5";
  blank.replaceChildren(el("div", { class: "blank" },
    el("h2", {}, direct ? "This is where you and Paceline talk" : "This is the beginning of #" + state.place),
    el("p", {}, direct ? "Plain words do here what commands do elsewhere: a number logs invites, and “undo” and “budget” work too."
      : general ? "Paceline is not in this channel. Its commands work here all the same; that is how Slack does it."
        : "The team's channel. Paceline's answers to your commands are seen by you alone."),
    el("button", { type: "button", class: "btn btn-main", onclick: () => emit("compose", { text: line }) }, direct ? "Write “8”" : "Type /sent 5")));
}

// thinking shows that something done here is with the bot, unless the answer comes at once.
let slow = 0;
function thinking() {
  const box = document.getElementById("thinking");
  clearTimeout(slow);
  if (!underWay(roomId())) { box.replaceChildren(); return; }
  slow = setTimeout(() => {
    if (underWay(roomId())) box.replaceChildren(el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), "Paceline is thinking…");
  }, 350);
}

const top = el("button", { type: "button", class: "older", hidden: true, onclick: climb }, "Older messages");
const blank = el("div");
list.append(top, blank, rows);
list.after(down);
const sight = new IntersectionObserver(seen => { if (seen.some(s => s.isIntersecting)) climb(); }, { root: list, rootMargin: "600px 0px 0px 0px" });
sight.observe(top);
list.addEventListener("scroll", () => { stuck = atBottom(); if (stuck) down.hidden = true; }, { passive: true });
const sizes = new ResizeObserver(() => { if (stuck) list.scrollTop = list.scrollHeight; });
sizes.observe(list);
sizes.observe(rows);

on("place", () => { list.hidden = state.place === "home"; down.hidden = true; load(); thinking(); });
on("live:message", changed);
on("live:again", load);
on("live:reset", () => { loaded = ""; messages = []; load(); });
on("server", () => { if (loaded === key()) draw("here"); });
on("acts", thinking);
