// What this page knows: who is acted for, where they are, and what the sandbox said about itself. Parts of the page
// listen for changes by name; they do not call each other.

import { ask } from "./wire.js";

export const state = {
  me: "ana", // the name of who is acted for
  place: "outreach", // a channel's name, "dm" or "home"
  server: null, // /control/state
  at: 0, // when it was asked, by this browser's clock
};

const listeners = new Map();

// on calls f whenever name is emitted. Names: "server", "who", "place", "acts", and "live:" with a notice's kind.
export function on(name, f) {
  if (!listeners.has(name)) listeners.set(name, []);
  listeners.get(name).push(f);
}

export function emit(name, detail) {
  for (const f of listeners.get(name) || []) f(detail);
}

// learn asks the sandbox about itself.
export async function learn() {
  state.server = await ask("state");
  state.at = performance.now();
  emit("server");
}

// now is the workspace's time: it stands, or runs with this browser's clock since it was asked.
export function now() {
  const began = new Date(state.server.now).getTime();
  return new Date(state.server.clock === "real" ? began + performance.now() - state.at : began);
}

export const personNamed = name => state.server.people.find(p => p.name === name);
export const personOf = id => state.server.people.find(p => p.id === id);
export const channelOf = id => state.server.channels.find(c => c.id === id);
export const me = () => personNamed(state.me);

// roomId is the conversation in front: a channel's id, or that of the direct messages, for Home too.
export function roomId(place = state.place, who = me()) {
  const channel = state.server.channels.find(c => c.name === place);
  return channel ? channel.id : who.dm;
}

export const inDirect = () => state.place === "dm" || state.place === "home";

// nameOf is what a sender is called.
export function nameOf(id) {
  const p = personOf(id);
  if (p) return p.real_name;
  return id === state.server.bot.id ? "Paceline" : id === "USLACKBOT" ? "Slackbot" : id;
}

// go changes who is acted for and where they are. The address keeps it.
export function go(who, place) {
  const person = personNamed(who) || me();
  const places = ["dm", "home", ...state.server.channels.map(c => c.name)];
  const where = places.includes(place) ? place : "outreach";
  const turned = person.name !== state.me, moved = where !== state.place;
  state.me = person.name;
  state.place = where;
  const hash = "#" + state.me + "/" + state.place;
  if (location.hash !== hash) history.replaceState(null, "", hash);
  if (turned) emit("who");
  if (turned || moved) emit("place");
}
