// Faces: initials in a colour of one's own.

import { el, svg } from "./blocks/dom.js";
import { nameOf, state } from "./state.js";

// face is the avatar of a person or of the bot. The name stands beside it, so it says nothing itself.
export function face(id, size = "") {
  if (id === state.server.bot.id) return el("span", { class: "face face-bot " + size, "aria-hidden": "true" }, meter());
  const i = state.server.people.findIndex(p => p.id === id);
  const letters = i < 0 ? "S" : nameOf(id).split(" ").map(w => w[0]).join("").slice(0, 2);
  return el("span", { class: "face face-" + (i < 0 ? "slack" : i % 5) + " " + size, "aria-hidden": "true" }, letters);
}

const meter = () => svg("svg", { viewBox: "0 0 24 24", focusable: "false" },
  svg("path", { d: "M5 16.5a7 7 0 0 1 14 0", class: "meter-arc" }), svg("path", { d: "M12 16.5l3.4-4.6", class: "meter-hand" }));
