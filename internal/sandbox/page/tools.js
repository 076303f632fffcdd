// The sandbox's own tools, in the bar above the Slack: guide, inspector, phone, theme, reset. On a small screen
// they stand in a menu.

import { el } from "./blocks/dom.js";
import { icon } from "./icons.js";
import { emit, learn, on, state } from "./state.js";
import { toast } from "./toast.js";
import { ask, keep, kept } from "./wire.js";

const box = document.getElementById("tools");
const themes = [["", "half", "system"], ["light", "sun", "light"], ["dark", "moon", "dark"]];
let theme = kept("theme", "");

const panels = { guide: "Guide", inspector: "Inspector", phone: "Phone" };
const signs = { guide: "guide", inspector: "inspect", phone: "phone" };

const tool = (id, label, sign, press, more = {}) => el("button", { type: "button", class: "tool", id: "tool-" + id, title: label, "aria-label": label, onclick: press, ...more }, icon(sign), el("span", { class: "tool-label" }, label));

const least = 440; // what the conversation keeps of the width, in pixels

// togglePanel opens or closes the guide, the inspector or the phone. Others make way until the conversation has room.
export function togglePanel(name, open = document.getElementById(name).hidden) {
  show(name, open);
  for (const other of Object.keys(panels)) {
    if (other !== name && open && (innerWidth < 1100 || document.getElementById("room").clientWidth < least)) show(other, false);
  }
  if (open && innerWidth < 1100) document.getElementById(name).querySelector("button, input, select")?.focus();
}

function show(name, open) {
  const panel = document.getElementById(name);
  if (panel.hidden === !open) return;
  const had = panel.contains(document.activeElement);
  panel.hidden = !open;
  for (const b of document.querySelectorAll(`[data-panel="${name}"]`)) b.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("with-" + name, open);
  emit("panel", { name, open });
  if (had && !open) (document.getElementById("tool-" + name) || document.getElementById("tool-more"))?.focus();
}

function nextTheme() {
  const i = themes.findIndex(t => t[0] === theme);
  theme = themes[(i + 1) % themes.length][0];
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  keep("theme", theme);
  drawTheme();
  emit("theme", theme);
}

function drawTheme() {
  const [, sign, name] = themes.find(t => t[0] === theme) || themes[0];
  for (const b of document.querySelectorAll("[data-theme-switch]")) {
    b.replaceChildren(icon(sign), el("span", { class: "tool-label" }, "Theme: " + name));
    b.setAttribute("aria-label", "Theme: " + name + ". Switch");
  }
}

// sure asks before everything is thrown away.
function sure(seed) {
  const dialog = document.getElementById("ask"), what = seed === "demo" ? "the demo" : "an empty workspace";
  const go = el("button", { type: "submit", class: "btn btn-danger", value: "yes" }, "Reset");
  dialog.setAttribute("aria-labelledby", "ask-title");
  dialog.replaceChildren(el("form", { method: "dialog", class: "modal-form", onsubmit: event => { event.preventDefault(); reset(seed, dialog, go); } },
    el("header", { class: "modal-head" }, el("h2", { id: "ask-title" }, "Reset to " + what + "?")),
    el("div", { class: "modal-body" }, el("p", {}, "All messages, logs and settings of this sandbox go, and the clock returns to where it was at the start. ",
      seed === "demo" ? "Four weeks of history are put back." : "Nobody has logged anything then.")),
    el("footer", { class: "modal-foot" }, el("button", { type: "button", class: "btn", onclick: () => dialog.close() }, "Cancel"), go)));
  dialog.showModal();
  go.focus();
}

async function reset(seed, dialog, go) {
  go.disabled = true;
  go.setAttribute("aria-busy", "true");
  try {
    await ask("reset", { seed });
    await learn();
    emit("reset-done");
    dialog.close();
    toast("Everything has begun anew.");
  } catch (e) {
    dialog.close();
    toast(e.message, "error");
  }
}

const resets = () => [tool("reset-demo", "Reset to the demo", "reset", () => { menu.hidePopover(); sure("demo"); }, { class: "menu-item" }),
  tool("reset-empty", "Reset to empty", "reset", () => { menu.hidePopover(); sure("empty"); }, { class: "menu-item" })];
const menu = el("div", { class: "menu", id: "tools-menu", popover: "auto", "aria-label": "More" });
menu.append(...Object.entries(panels).map(([name, label]) => tool("menu-" + name, label, signs[name], () => { menu.hidePopover(); togglePanel(name); }, { class: "menu-item menu-panel", "data-panel": name, "aria-expanded": "false" })),
  tool("menu-theme", "Theme", "half", nextTheme, { class: "menu-item", "data-theme-switch": "" }),
  el("a", { class: "menu-item", href: "/gallery", target: "_blank" }, icon("eye"), "Gallery of messages"), el("hr"), ...resets());

box.append(...Object.entries(panels).map(([name, label]) => tool(name, label, signs[name], () => togglePanel(name), { "data-panel": name, "aria-expanded": "false", "aria-controls": name })),
  tool("more", "More", "more", null, { popovertarget: "tools-menu" }), menu);
drawTheme();

// The line to the bot, and the banner when it is cut.
const banner = document.getElementById("banner"), link = document.getElementById("link");
let lineUp = true, waits = 0;

function health() {
  if (!state.server) return;
  const up = lineUp && state.server.connected;
  link.classList.toggle("link-up", up);
  const text = (up ? "Bot connected" : lineUp ? "Bot not connected" : "Sandbox does not answer") + (up ? (state.server.delivery === "http" ? " · signed HTTP" : " · Socket Mode") : "");
  link.querySelector(".link-text").textContent = text;
  link.title = text;
  clearTimeout(waits);
  if (up) { banner.hidden = true; return; }
  waits = setTimeout(() => {
    banner.hidden = false;
    banner.textContent = lineUp ? "The bot is not connected. What you do waits up to ten seconds for it; this page follows when it is back."
      : "The sandbox does not answer. Is it still running? This page tries again by itself.";
  }, 900);
}
on("live:line", n => { lineUp = n.up; health(); });
on("live:bot", n => { if (state.server) { state.server.connected = n.up; health(); } });
on("server", health);
