// JSON to look at: a tree that opens, or the text as it is written.

import { el } from "./blocks/dom.js";

// tree draws a value; its first levels are open.
export function tree(value, depth = 0) {
  if (value === null || typeof value !== "object") return leaf(value);
  const entries = Object.entries(value), list = Array.isArray(value);
  if (!entries.length) return el("span", { class: "json-mark" }, list ? "[]" : "{}");
  const box = el("details", { class: "json-node", open: depth < 1 || null });
  const fill = () => {
    if (box.lastChild.tagName === "SUMMARY") box.append(el("ul", {}, entries.map(([k, v]) => el("li", {}, el("span", { class: "json-key" }, list ? k : k + ":"), " ", tree(v, depth + 1)))));
  };
  box.append(el("summary", {}, el("span", { class: "json-mark" }, list ? `[ ${entries.length} ]` : `{ ${entries.map(e => e[0]).slice(0, 4).join(", ")}${entries.length > 4 ? ", …" : ""} }`)));
  if (box.open) fill();
  else box.addEventListener("toggle", fill, { once: true });
  return box;
}

function leaf(value) {
  const kind = value === null ? "null" : typeof value;
  return el("span", { class: "json-" + kind }, kind === "string" ? JSON.stringify(value) : String(value));
}

export const pretty = value => el("pre", { class: "json-text", tabindex: "0" }, JSON.stringify(value, null, 2));
