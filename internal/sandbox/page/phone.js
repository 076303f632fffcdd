// The same person on a phone, beside the desktop: the page itself in a small frame.

import { el } from "./blocks/dom.js";
import { icon } from "./icons.js";
import { me, on, state } from "./state.js";
import { togglePanel } from "./tools.js";

const panel = document.getElementById("phone");
const width = 390, height = 800, rim = 20;
const glass = el("div", { class: "phone-glass" });
const title = el("h2", {}, "Phone");
let frame = null;

const hash = () => "#" + state.me + "/" + state.place;

function fit() {
  if (panel.hidden) return;
  const room = panel.clientHeight - 56, scale = Math.min(1, room / (height + rim));
  glass.style.setProperty("--scale", scale.toFixed(3));
}

function open() {
  frame = el("iframe", { class: "phone-frame", title: "The same person on a phone", src: "/?view=phone" + hash(), width, height });
  glass.replaceChildren(frame);
  fit();
}

panel.append(el("header", { class: "drawer-head" }, title, el("button", { type: "button", class: "icon-btn drawer-x", "aria-label": "Close the phone", onclick: () => togglePanel("phone", false) }, icon("close"))), glass);
on("panel", p => {
  if (p.name !== "phone") return;
  if (p.open) open();
  else { glass.replaceChildren(); frame = null; }
});
on("who", () => {
  title.textContent = me().real_name + "'s phone";
  if (frame) frame.contentWindow.location.hash = hash();
});
on("server", () => { if (title.textContent === "Phone") title.textContent = me().real_name + "'s phone"; });
addEventListener("resize", fit);
