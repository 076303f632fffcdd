// The guided start: steps that tick themselves off. In a drawer where there is room, else one line above the
// message box.

import { el } from "./blocks/dom.js";
import { watch } from "./deeds.js";
import { icon } from "./icons.js";
import { emit, go, now, on } from "./state.js";
import { steps } from "./steps.js";
import { tell } from "./toast.js";
import { togglePanel } from "./tools.js";
import { keep, kept } from "./wire.js";

const panel = document.getElementById("guide"), strip = document.getElementById("guide-strip");
const week = 7 * 864e5, monday = 4 * 864e5; // 1 January 1970 was a Thursday
const weekOf = date => Math.floor((date.getTime() - monday) / week);
let plan = kept("guide", null);

const save = () => keep("guide", plan);
const next = () => steps.find(s => !plan.done.includes(s.id));
const roomy = () => innerWidth >= 1100;

function begin() {
  plan = { done: [], week: weekOf(now()), away: false };
  save();
  draw();
}

function seen(deed) {
  if (weekOf(deed.at) < plan.week) { plan.week = weekOf(deed.at); save(); } // a reset brought the clock back
  const about = { ...deed, week: weekOf(deed.at) > plan.week };
  const fresh = steps.filter(s => !plan.done.includes(s.id) && s.done(about));
  if (!fresh.length) return;
  plan.done.push(...fresh.map(s => s.id));
  save();
  draw();
  if (!plan.away) tell("Done: " + fresh.map(s => s.title).join(", ") + ". " + (next() ? "Next: " + next().title + "." : "That was all of it."));
}

function show(step) {
  if (step.show.clock) { emit("show-clock"); return; }
  go(step.show.as, step.show.place);
  emit("compose", { text: step.show.text });
  if (!roomy()) togglePanel("guide", false);
}

const showButton = (step, kind) => el("button", { type: "button", class: kind, "data-show": step.id, onclick: () => show(step) }, step.show.clock ? "Show me the clock" : "Fill it in for me");

function drawPanel() {
  const current = next();
  panel.replaceChildren(el("header", { class: "drawer-head" }, el("h2", {}, "Guided start"),
    el("p", { class: "hint" }, current ? `${plan.done.length} of ${steps.length} done, about two minutes in all` : "All done"),
    el("button", { type: "button", class: "icon-btn drawer-x", "aria-label": "Close the guide", onclick: away }, icon("close"))),
  el("ol", { class: "steps" }, steps.map((s, i) => {
    const done = plan.done.includes(s.id), here = s === current;
    return el("li", { class: "step" + (done ? " step-done" : here ? " step-here" : ""), "data-step": s.id, "data-done": String(done), "aria-current": here ? "step" : null },
      el("span", { class: "step-mark", "aria-hidden": "true" }, done ? icon("tick") : String(i + 1)),
      el("div", {}, el("h3", {}, s.title, done ? el("span", { class: "unseen" }, " (done)") : ""), here ? el("p", {}, s.text) : "",
        here && s.show.text ? el("p", {}, "Type ", el("code", {}, s.show.text), s.show.as === "ana" ? "" : " as " + s.show.as + ".") : "",
        here ? showButton(s, "btn btn-main") : ""));
  })),
  current ? "" : el("div", { class: "steps-end" }, el("p", {}, "That is Paceline. Try the form behind ", icon("bolt"), ", the Home tab, or plain words in the direct message. The inspector shows what goes over the wire.")),
  el("p", { class: "steps-foot" }, el("button", { type: "button", class: "btn btn-small", id: "guide-restart", onclick: begin }, "Start over")));
}

function drawStrip() {
  const current = next(), framed = document.documentElement.classList.contains("phone-view");
  strip.hidden = plan.away || !current || roomy() || framed || !panel.hidden;
  if (strip.hidden) return;
  strip.replaceChildren(el("span", { class: "strip-step" }, (steps.indexOf(current) + 1) + "/" + steps.length), el("span", { class: "strip-title" }, current.title),
    el("button", { type: "button", class: "btn btn-small", onclick: () => show(current) }, "Show me"),
    el("button", { type: "button", class: "icon-btn", "aria-label": "Close the guide", onclick: away }, icon("close")));
}

function draw() {
  const focused = panel.contains(document.activeElement);
  drawPanel();
  drawStrip();
  if (focused) panel.querySelector("[data-show], #guide-restart")?.focus();
}

function away() {
  plan.away = true;
  save();
  togglePanel("guide", false);
  drawStrip();
}

// start opens the guide for newcomers, and from then on ticks off what is done.
export function start() {
  if (!plan || !Array.isArray(plan.done)) begin();
  draw();
  if (document.documentElement.classList.contains("phone-view")) return;
  if (!plan.away && next() && roomy()) togglePanel("guide", true);
  watch(seen);
}

on("panel", ({ name, open }) => {
  if (!plan) return;
  if (name === "guide" && open && plan.away) { plan.away = false; save(); draw(); }
  drawStrip();
});
// A drawer that would lie over the conversation makes way for the strip, and comes back with the room.
let had = roomy();
addEventListener("resize", () => {
  if (!plan) return;
  const has = roomy();
  if (has !== had && !plan.away && next()) togglePanel("guide", has);
  had = has;
  drawStrip();
});
