// The message box: a combobox that completes commands, people and channels, and remembers what was run.

import { el } from "./blocks/dom.js";
import { act, underWay } from "./act.js";
import { propose } from "./complete.js";
import { face } from "./face.js";
import { icon } from "./icons.js";
import { me, on, state } from "./state.js";
import { tell, toast } from "./toast.js";

const form = document.getElementById("composer");
const box = el("div", { class: "props", id: "props", role: "listbox", "aria-label": "Proposals", hidden: true });
const say = el("p", { class: "props-say", id: "props-say", hidden: true });
const text = el("input", { id: "text", class: "composer-text", type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "props", "aria-autocomplete": "list", "aria-label": "Message",
  maxlength: "4000", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "send" });
const send = el("button", { type: "submit", class: "send", "aria-label": "Send", disabled: true }, icon("send"));
const shortcuts = el("div", { class: "menu", id: "shortcuts", popover: "auto", role: "menu", "aria-label": "Shortcuts" });
const bolt = el("button", { type: "button", class: "icon-btn", id: "open-shortcuts", popovertarget: "shortcuts", "aria-label": "Shortcuts", "aria-haspopup": "menu" }, icon("bolt"));

let items = [], span = { from: 0, to: 0 }, active = -1, chosen = false;
const past = {}; // by person, the oldest first
let back = -1, draft = "";

const put = value => {
  text.value = value;
  text.setSelectionRange(value.length, value.length);
  changed();
};

function refresh() {
  const sources = { hints: state.server.hints, people: state.server.people, channels: state.server.channels };
  const found = document.activeElement === text ? propose(text.value, text.selectionStart ?? text.value.length, sources) : { items: [] };
  items = found.items.filter(i => i.put);
  span = found;
  active = items.length ? 0 : -1;
  chosen = false;
  const told = found.items.find(i => !i.put);
  say.hidden = !told;
  say.replaceChildren(...(told ? [el("code", {}, told.label), " ", told.note] : []));
  draw();
}

function draw() {
  box.hidden = !items.length;
  text.setAttribute("aria-expanded", String(items.length > 0));
  box.replaceChildren(...items.map((item, i) => el("div", { class: "prop", role: "option", id: "prop-" + i, "aria-selected": String(i === active),
    onpointerdown: event => event.preventDefault(), onclick: () => take(i) },
  item.face ? face(item.face, "face-small") : "", el("b", {}, item.label), item.note ? el("span", { class: "prop-note" }, item.note) : "")));
  if (active >= 0) {
    text.setAttribute("aria-activedescendant", "prop-" + active);
    box.children[active].scrollIntoView({ block: "nearest" });
  } else text.removeAttribute("aria-activedescendant");
}

function close() {
  items = [];
  active = -1;
  say.hidden = true;
  draw();
}

function take(i) {
  const item = items[i], rest = text.value.slice(span.to);
  const value = text.value.slice(0, span.from) + item.put;
  text.value = value + rest.trimStart();
  text.setSelectionRange(value.length, value.length);
  text.focus();
  changed();
}

function changed() {
  send.disabled = !text.value.trim();
  refresh();
}

// recall steps through what this person ran before: -1 is older, 1 is younger.
function recall(step) {
  const list = past[state.me] || [];
  if (back < 0) draft = text.value;
  const to = back < 0 ? (step < 0 ? list.length - 1 : -1) : back + step;
  if (to < 0) return;
  back = to >= list.length ? -1 : to;
  text.value = back < 0 ? draft : list[back];
  text.setSelectionRange(text.value.length, text.value.length);
  send.disabled = !text.value.trim();
  close();
}

function key(event) {
  if (event.isComposing) return;
  const open = items.length > 0;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (open) {
      active = (active + step + items.length) % items.length;
      chosen = true;
      draw();
    } else if (step < 0 && (!text.value || back >= 0)) recall(-1);
    else if (step > 0 && back >= 0) recall(1);
    else return;
    event.preventDefault();
  } else if (event.key === "Tab" && open && !event.shiftKey) {
    event.preventDefault();
    take(active);
  } else if (event.key === "Enter" && open && (chosen || items[active].sure)) {
    event.preventDefault();
    take(active);
  } else if (event.key === "Escape" && (open || !say.hidden)) {
    event.preventDefault();
    close();
  }
}

async function submit(event) {
  event.preventDefault();
  const line = text.value.trim();
  if (!line) return;
  const user = state.me, place = state.place, command = line.split(" ")[0];
  if (line.startsWith("/") && state.server.hints.length && !state.server.hints.some(h => h.command === command)) {
    toast(command + " is not a command here. Commands are " + state.server.hints.map(h => h.command).join(", ") + ".", "error");
    return;
  }
  past[user] = [...(past[user] || []).filter(l => l !== line), line].slice(-50);
  back = -1;
  put("");
  close();
  const out = await (line.startsWith("/") ? act("command", { user, channel: place, text: line })
    : act("message", { user, text: line, ...(place === "dm" ? {} : { channel: place }) }));
  if (out === undefined && !text.value && state.me === user && state.place === place) put(line);
}

async function shortcut(s) {
  shortcuts.hidePopover();
  const out = await act("shortcut", { user: state.me, callback_id: s.callback_id });
  if (out && !out.modal && out.replies?.length) toast("Paceline: " + out.replies.at(-1).text);
}

function drawShortcuts() {
  bolt.hidden = !state.server.shortcuts.length;
  shortcuts.replaceChildren(el("p", { class: "menu-title" }, "Global shortcuts"), ...state.server.shortcuts.map(s =>
    el("button", { type: "button", role: "menuitem", class: "menu-item", onclick: () => shortcut(s) }, face(state.server.bot.id, "face-small"),
      el("span", {}, el("b", {}, s.name), el("span", { class: "menu-note" }, s.description)))));
}

function place() {
  form.hidden = state.place === "home";
  const where = state.place === "dm" ? "Message Paceline: 8, undo, budget, or /" : "Message #" + state.place + ", or / for commands";
  text.placeholder = where;
  text.setAttribute("aria-label", state.place === "dm" ? "Message Paceline" : "Message #" + state.place);
  close();
}

const at = sign => el("button", { type: "button", class: "icon-btn composer-sign", "aria-label": sign === "/" ? "Begin a command" : "Mention somebody", onclick: () => {
  text.focus();
  put(sign === "/" ? "/" : text.value + (text.value && !text.value.endsWith(" ") ? " @" : "@"));
} }, sign);

form.append(box, say, el("div", { class: "composer-box" }, text, el("div", { class: "composer-tools" }, bolt, at("/"), at("@"), el("span", { class: "composer-help", "aria-hidden": "true" }, "Enter sends · ↑ the last one"), send)), shortcuts);
form.addEventListener("submit", submit);
text.addEventListener("input", () => { back = -1; changed(); });
text.addEventListener("keydown", key);
text.addEventListener("click", refresh);
text.addEventListener("focus", refresh);
text.addEventListener("blur", close);
shortcuts.addEventListener("toggle", event => { if (event.newState === "open") shortcuts.querySelector("button")?.focus(); });
on("server", drawShortcuts);
on("place", place);
on("who", () => { back = -1; });
on("acts", () => form.classList.toggle("composer-busy", underWay()));
on("compose", ({ text: line }) => {
  put(line);
  text.focus();
  close();
  tell("The message box holds " + line + ". Press Enter to send it as " + me().real_name + ".");
});
