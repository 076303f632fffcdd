// What each person has not seen yet, by person and conversation. It outlives a reload, not another sandbox.

import { emit, me, on, roomId, state } from "./state.js";
import { keep, kept } from "./wire.js";

let counts = {};

const inFront = (person, channel) => person.id === me().id && channel === roomId() && state.place !== "home" && !document.hidden;

// unread is how many messages a person has not seen in a conversation, or in all of them.
export function unread(person, channel) {
  const own = counts[person.id] || {};
  return channel ? own[channel] || 0 : Object.values(own).reduce((a, b) => a + b, 0);
}

function save() {
  keep("unread", { boot: state.server.boot, counts });
  emit("unread");
}

function seen() {
  if (state.place === "home" || document.hidden || !counts[me().id]?.[roomId()]) return;
  delete counts[me().id][roomId()];
  save();
}

// start takes up what was kept for this sandbox.
export function start() {
  const had = kept("unread", {});
  counts = had.boot === state.server.boot ? had.counts : {};
  seen();
}

on("live:message", n => {
  if (n.change !== "posted") return;
  const channel = state.server.channels.some(c => c.id === n.channel);
  for (const p of state.server.people) {
    const sees = n.only ? n.only === p.id : channel || p.dm === n.channel;
    if (!sees || n.author === p.id || inFront(p, n.channel)) continue;
    counts[p.id] = { ...counts[p.id], [n.channel]: unread(p, n.channel) + 1 };
    save();
  }
});
on("live:reset", () => { counts = {}; save(); });
on("place", seen);
document.addEventListener("visibilitychange", () => { if (state.server) seen(); });
