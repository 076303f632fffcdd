// The bot's Home tab. Opening it tells the bot, which publishes what it shows.

import { el } from "./blocks/dom.js";
import { draw } from "./blocks/index.js";
import { act } from "./act.js";
import { context } from "./context.js";
import { me, on, state } from "./state.js";
import { toast } from "./toast.js";
import { ask, query } from "./wire.js";

const home = document.getElementById("home");
let shown = "";

function show(view) {
  const key = view ? view.id + view.hash + state.me + state.server.now : "";
  if (view && key === shown) return;
  shown = key;
  const had = home.contains(document.activeElement) && document.activeElement !== home ? spot(document.activeElement) : null;
  const stood = home.scrollTop;
  const pressed = out => { if (out.replies?.length) toast("Paceline: " + out.replies.at(-1).text); };
  home.replaceChildren(el("div", { class: "home-page" }, view ? draw(view.blocks, context("home", { in: "home" }, { state: view.state?.values, pressed })) :
    el("p", { class: "wait" }, "The bot has published nothing here yet.")));
  home.scrollTop = stood;
  if (had) again(had)?.focus({ preventScroll: true });
}

// spot says where the keyboard is, so that it can be put there again in a view that is drawn anew.
function spot(node) {
  const buttons = [...home.querySelectorAll("button, input, select, textarea")];
  return { text: node.textContent, label: node.getAttribute("aria-label"), at: buttons.indexOf(node) };
}
function again(had) {
  const buttons = [...home.querySelectorAll("button, input, select, textarea")];
  return buttons.find(b => b.textContent === had.text && b.getAttribute("aria-label") === had.label) || buttons[had.at] || home;
}

async function open() {
  home.hidden = state.place !== "home";
  if (home.hidden) return;
  const mine = state.me;
  shown = "";
  home.setAttribute("aria-label", "Home tab of Paceline");
  home.setAttribute("aria-busy", "true");
  home.replaceChildren(el("p", { class: "wait" }, "Opening Home…"));
  const view = await act("home?" + query({ user: mine }));
  home.removeAttribute("aria-busy");
  if (mine === state.me && state.place === "home") show(view ?? null);
}

async function peek(n) {
  if (state.place !== "home" || (n.person && n.person !== me().id)) return;
  const mine = state.me;
  try {
    const view = await ask("home?" + query({ user: mine, peek: 1 }));
    if (mine === state.me && state.place === "home" && !home.hasAttribute("aria-busy")) show(view);
  } catch (e) { toast(e.message, "error"); }
}

// reopen opens it anew after the clock was moved: nobody looks at Home for days without coming back to it.
async function reopen() {
  if (state.place !== "home" || home.hasAttribute("aria-busy")) return;
  const mine = state.me, view = await act("home?" + query({ user: mine }));
  if (view && mine === state.me && state.place === "home") show(view);
}

on("place", open);
on("live:home", peek);
on("live:again", peek);
on("live:clock", reopen);
on("live:reset", () => { home.replaceChildren(el("p", { class: "wait" }, "Opening Home…")); });
on("reset-done", () => { if (state.place === "home") open(); });
