// The sidebar: who to act as, and where to go.

import { el } from "./blocks/dom.js";
import { face } from "./face.js";
import { go, inDirect, me, now, on, state } from "./state.js";
import { clockTime, city, shown } from "./time.js";
import { unread } from "./unread.js";

const side = document.getElementById("side");
const people = el("div", { class: "side-group", role: "group", "aria-label": "Act as" });
const channels = el("div", { class: "side-group", role: "group", "aria-label": "Channels" });
const apps = el("div", { class: "side-group", role: "group", "aria-label": "Apps" });

const roles = { member: "member", manager: "manager", admin: "admin" };

function badge(n) {
  return n ? el("span", { class: "count" }, n > 99 ? "99+" : String(n), el("span", { class: "unseen" }, n === 1 ? " unread message" : " unread messages")) : "";
}

function personRow(p) {
  const mine = p.name === state.me, n = mine ? 0 : unread(p);
  return el("button", { type: "button", class: "side-person", "data-person": p.name, "aria-pressed": String(mine), onclick: event => { go(p.name, state.place); closeSide(); write(event); } },
    face(p.id), el("span", { class: "side-who" }, el("span", { class: "side-name" }, p.real_name),
      el("span", { class: "side-what" }, roles[p.role] || p.role, " · ", el("time", { "data-zone": p.tz, title: p.tz }, shown(now(), p.tz, clockTime)), el("span", { class: "side-city" }, " " + city(p.tz)))), badge(n));
}

function placeRow(place, label, sign, n, on) {
  return el("button", { type: "button", class: "side-place" + (n ? " side-new" : ""), "data-place": place, "aria-current": on ? "page" : null,
    onclick: event => { go(state.me, place); closeSide(); write(event); } }, sign, el("span", { class: "side-label" }, label), on ? "" : badge(n));
}

// write puts the keyboard into the message box after a click, as Slack does. Who came by the keyboard stays where they are.
function write(event) {
  if (event.detail && !narrow() && matchMedia("(pointer: fine)").matches) document.getElementById("text").focus({ preventScroll: true });
}

// redraw draws a group anew and leaves the keyboard where it was.
function redraw(group, nodes, by) {
  const had = group.contains(document.activeElement) ? document.activeElement.dataset[by] : null;
  group.replaceChildren(...nodes);
  if (had) [...group.children].find(n => n.dataset[by] === had)?.focus();
}

function draw() {
  if (!state.server) return;
  redraw(people, state.server.people.map(personRow), "person");
  redraw(channels, state.server.channels.map(c => placeRow(c.name, c.name, el("span", { class: "hash", "aria-hidden": "true" }, "#"), unread(me(), c.id), state.place === c.name)), "place");
  redraw(apps, [placeRow("dm", "Paceline", face(state.server.bot.id, "face-small"), unread(me(), me().dm), inDirect())], "place");
}

// times keeps local times right while the clock runs.
function times() {
  if (!state.server) return;
  for (const t of side.querySelectorAll("time[data-zone]")) {
    const text = shown(now(), t.dataset.zone, clockTime);
    if (t.textContent !== text) t.textContent = text;
  }
}

const narrow = () => document.documentElement.classList.contains("phone-view") || matchMedia("(max-width: 759px)").matches;

// openSide shows the sidebar where there is no room for it beside the conversation.
export function openSide() {
  document.body.classList.add("side-open");
  side.querySelector("[aria-current], [aria-pressed=true]")?.focus();
}
export function closeSide() {
  if (!document.body.classList.contains("side-open")) return;
  document.body.classList.remove("side-open");
  document.getElementById("open-side")?.focus();
}

document.getElementById("side-shade").addEventListener("click", closeSide);
side.addEventListener("keydown", event => {
  if (event.key === "Escape" && narrow()) closeSide();
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const all = [...side.querySelectorAll("button")], i = all.indexOf(document.activeElement);
  const to = all[i + (event.key === "ArrowDown" ? 1 : -1)];
  if (i >= 0 && to) { event.preventDefault(); to.focus(); }
});
side.append(
  el("div", { class: "side-team" }, el("span", { class: "side-logo", "aria-hidden": "true" }, "S"), el("span", {}, el("strong", {}, "Sandbox"), el("span", { class: "side-what" }, "a small local Slack"))),
  el("h2", {}, "You are"), people, el("h2", {}, "Channels"), channels, el("h2", {}, "Apps"), apps);

for (const name of ["server", "who", "place", "unread"]) on(name, draw);
setInterval(times, 1000);
