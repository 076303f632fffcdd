// Short notes that come and go. What went wrong is announced at once and stays longer.

import { el } from "./blocks/dom.js";

// toast shows a note; kind is "error" or "note".
export function toast(text, kind = "note") {
  const box = document.getElementById("toasts");
  const open = [...document.querySelectorAll("dialog[open]")].pop();
  (open || document.body).append(box); // behind an open dialog nobody would see or hear it
  const close = () => note.remove();
  const note = el("div", { class: "toast toast-" + kind, role: kind === "error" ? "alert" : "status" }, el("span", {}, text),
    el("button", { type: "button", class: "toast-x", "aria-label": "Dismiss", onclick: close }, "×"));
  box.append(note);
  while (box.children.length > 3) box.firstChild.remove();
  setTimeout(close, kind === "error" ? 10000 : 5000);
}

// tell says something to screen readers only.
export function tell(text) {
  const heard = document.getElementById("heard");
  const line = el("p", {}, text);
  heard.append(line);
  while (heard.children.length > 5) heard.firstChild.remove();
}
