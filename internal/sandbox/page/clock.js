// The clock: what time it is for the bot and for the person, and moving it.

import { el } from "./blocks/dom.js";
import { icon } from "./icons.js";
import { learn, me, now, on, state } from "./state.js";
import { clockTime, city, dayAndTime, nextWeekday, read, shown, typed } from "./time.js";
import { tell, toast } from "./toast.js";
import { ask } from "./wire.js";

const box = document.getElementById("clock");
const here = el("time", { class: "clock-here" }), there = el("time", { class: "clock-there" }), stands = el("span", { class: "clock-stands" }), standsToo = el("span", { class: "unseen" });
const open = el("button", { type: "button", class: "clock-open", id: "open-clock", popovertarget: "clock-panel", "aria-haspopup": "dialog", title: "Time for the person and for the bot" }, icon("clock"), el("span", { class: "clock-faces" }, here, " ", there), standsToo);
const panel = el("div", { class: "panel", id: "clock-panel", popover: "auto", role: "dialog", "aria-label": "Move the clock" });
const big = el("div", { class: "clock-big" }), way = el("div", { class: "clock-way", role: "status" });
const any = el("input", { type: "datetime-local", id: "clock-any", class: "field", required: true, onkeydown: event => { if (event.key === "Enter") toAny(event); } });
const real = el("button", { type: "button", class: "btn", id: "clock-real", onclick: event => back(event.currentTarget) }, "Back to real time");
const realWhy = el("p", { class: "hint", id: "clock-real-why" });

const moves = [
  { id: "hour", label: "+1 h", quick: true, to: () => ({ by: "1h" }), says: "One hour on" },
  { id: "day", label: "+1 day", quick: true, to: () => ({ by: "24h" }), says: "One day on" },
  { id: "friday", label: "to Friday 17:00", to: () => ({ to: iso(nextWeekday(now(), me().tz, 5, 17)) }), says: "To Friday 17:00 in the person's zone", own: true },
  { id: "monday", label: "to Monday 00:00 UTC", quick: true, to: () => ({ to: iso(nextWeekday(now(), "UTC", 1, 0)) }), says: "To Monday 00:00 UTC, when the week begins" },
];
const iso = date => date.toISOString().replace(/\.\d+Z$/, "Z");

const button = (m, kind) => el("button", { type: "button", class: kind, "data-move": m.id, title: m.says, onclick: event => move(m.to(), event.currentTarget) }, m.label);

// move advances the clock and lists what was due on the way.
async function move(body, control) {
  const buttons = [...document.querySelectorAll("[data-move], #clock-go")];
  for (const b of buttons) b.setAttribute("aria-disabled", "true");
  control?.setAttribute("aria-busy", "true");
  try {
    const before = (await ask("state")).exchanges;
    const out = await ask("advance", body);
    await learn();
    await list(out, before);
  } catch (e) { toast(e.message, "error"); } finally {
    for (const b of buttons) b.removeAttribute("aria-disabled");
    control?.removeAttribute("aria-busy");
  }
}

async function list(out, before) {
  const zone = me().tz, said = (await ask("log?after=" + before)).filter(e => e.from === "bot" && /^(chat\.|views\.)/.test(e.method));
  const times = [...new Set([...out.fired, ...said.map(e => e.at)].map(t => new Date(t).getTime()))].sort((a, b) => a - b);
  const rows = times.map(t => {
    const date = new Date(t), done = said.filter(e => new Date(e.at).getTime() === t).map(e => e.method + (e.request?.channel ? " in " + e.request.channel : ""));
    return el("li", {}, el("time", { datetime: iso(date) }, shown(date, zone, dayAndTime)), " ", el("span", {}, done.length ? done.join(", ") : "due, nothing to say"));
  });
  const many = rows.length > 12 ? [...rows.slice(0, 6), el("li", {}, "… and " + (rows.length - 12) + " more …"), ...rows.slice(-6)] : rows;
  way.replaceChildren(el("p", { class: "clock-way-head" }, "On the way"), rows.length ? el("ul", {}, many) : el("p", {}, "Nothing was due."));
  const text = "It is " + shown(now(), zone, dayAndTime) + " for " + me().name + ". " + (said.length ? said.length + (said.length === 1 ? " message" : " messages") + " on the way." : "Nothing was said on the way.");
  if (panel.matches(":popover-open")) tell(text);
  else toast(text);
}

function toAny(event) {
  event.preventDefault();
  if (!any.value) { toast("Choose a day and a time first.", "error"); any.focus(); return; }
  move({ to: iso(read(any.value, me().tz)) }, document.getElementById("clock-go"));
}

async function back(control) {
  if (real.getAttribute("aria-disabled") === "true") return;
  control.setAttribute("aria-busy", "true");
  try {
    await ask("clock", { real: true });
    await learn();
  } catch (e) { toast(e.message, "error"); } finally { control.removeAttribute("aria-busy"); }
}

function face() {
  if (!state.server) return;
  const t = now(), zone = me().tz, standing = state.server.clock === "standing";
  const mine = shown(t, zone, dayAndTime), bots = shown(t, "UTC", { weekday: "short", ...clockTime }) + " UTC";
  if (here.textContent !== mine) { here.textContent = mine; here.dateTime = iso(t); }
  if (there.textContent !== bots) { there.textContent = bots; there.dateTime = iso(t); }
  box.classList.toggle("clock-standing", standing);
  stands.textContent = standing ? "The clock stands until you move it." : "The clock runs with real time.";
  standsToo.textContent = " " + stands.textContent;
}

function details() {
  if (!state.server) return;
  face();
  const zone = me().tz, t = now(), standing = state.server.clock === "standing", ahead = standing && t > new Date();
  const date = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  big.replaceChildren(...[[me().real_name, city(zone), zone], ["The bot", "UTC", "UTC"]].map(([who, where, z]) =>
    el("div", {}, el("span", { class: "clock-who" }, who + ", " + where), el("span", { class: "clock-time" }, shown(t, z, clockTime)), el("span", { class: "clock-day" }, shown(t, z, date)))));
  any.min = typed(t, zone);
  if (document.activeElement !== any) any.value = typed(t, zone);
  panel.querySelector("label").textContent = "Any moment, in " + city(zone) + " time";
  real.hidden = !standing;
  if (ahead) real.setAttribute("aria-disabled", "true");
  else real.removeAttribute("aria-disabled");
  realWhy.hidden = !standing;
  realWhy.textContent = ahead ? "Time here is ahead of real time and does not run backwards: a reset brings it back to the start." : "It stands where it was put.";
}

panel.append(big, el("p", { class: "hint" }, stands),
  el("div", { class: "clock-moves" }, moves.map(m => button(m, "btn"))),
  el("div", { class: "clock-anyrow" }, el("label", { for: "clock-any" }, "Any moment"), any, el("button", { type: "button", class: "btn", id: "clock-go", onclick: toAny }, "Go")),
  el("div", { class: "clock-real" }, real, realWhy), way);
box.append(open, el("span", { class: "clock-quick" }, moves.filter(m => m.quick).map(m => button(m, "bar-btn"))), panel);
panel.addEventListener("toggle", event => { if (event.newState === "open") details(); });
for (const name of ["server", "who"]) on(name, () => { face(); if (panel.matches(":popover-open")) details(); });
on("show-clock", () => {
  if (!panel.matches(":popover-open")) panel.showPopover();
  panel.querySelector("[data-move=monday]").focus();
});
setInterval(face, 1000);
