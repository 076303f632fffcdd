// Misfortunes: what Slack does to the bot's next calls.

import { el } from "./blocks/dom.js";
import { icon } from "./icons.js";
import { learn, on, state } from "./state.js";
import { toast } from "./toast.js";
import { ask } from "./wire.js";

const kinds = {
  slow: ["Slack is slow", "Answers after 2 seconds."],
  late: ["Slack is far too slow", "Does it and answers after 12 seconds, when the bot has given up."],
  429: ["Slack says 429", "Does nothing, and asks for a pause by Retry-After."],
  500: ["Slack fails with 500", "Does nothing, and says so."],
  lost: ["Slack's answer gets lost", "Does it, and then closes the connection without a word."],
  blocks: ["Slack refuses the blocks", "Does nothing, and says invalid_blocks."],
  scope: ["A permission is missing", "Does nothing, and says missing_scope."],
  cut: ["The connection is cut", "Closes the connection before anything is done."],
};
const common = ["response_url", "chat.postMessage", "chat.update", "chat.delete", "chat.postEphemeral", "views.open", "views.update", "views.publish", "users.info", "auth.test", "apps.connections.open"];

const kind = el("select", { class: "field", id: "fault-kind", onchange: tell }), method = el("select", { class: "field", id: "fault-method" });
const times = el("input", { class: "field field-small", id: "fault-times", type: "number", min: "1", max: "1000", value: "1" });
const after = el("input", { class: "field field-small", id: "fault-after", type: "number", min: "1", max: "600", value: "3" });
const afterLabel = el("label", { class: "fault-after" }, "Retry-After, s", after);
const what = el("p", { class: "hint", id: "fault-what" });
const waiting = el("ul", { class: "fault-list", "aria-label": "Faults that wait to happen" });

function tell() {
  what.textContent = kinds[kind.value]?.[1] || "";
  afterLabel.hidden = kind.value !== "429";
}

async function call(path, body) {
  try {
    await ask(path, body);
    await learn();
  } catch (e) { toast(e.message, "error"); }
}

function draw() {
  if (!kind.options.length) {
    kind.append(...state.server.fault_kinds.map(k => el("option", { value: k }, kinds[k]?.[0] || k)));
    const rest = state.server.methods.filter(m => !common.includes(m));
    method.append(...[...common.filter(m => state.server.methods.includes(m)), ...rest].map(m => el("option", { value: m }, m)));
    kind.value = "slow";
    method.value = "chat.postMessage";
    tell();
  }
  document.getElementById("fault-line").hidden = state.server.delivery !== "socket";
  const had = waiting.contains(document.activeElement);
  waiting.replaceChildren(...state.server.faults.map(f => el("li", {}, el("span", {}, el("b", {}, kinds[f.kind]?.[0] || f.kind), ", next " + (f.times > 1 ? f.times + " calls" : "call") + " of ", el("code", {}, f.method)),
    el("button", { type: "button", class: "icon-btn", "aria-label": "Call off: " + f.kind + " for " + f.method, onclick: () => call("mend", { id: f.id }) }, icon("close")))));
  waiting.hidden = !state.server.faults.length;
  if (had) (waiting.querySelector("button") || kind).focus();
}

// faults is the form with what is still to come.
export function faults() {
  const form = el("form", { class: "fault-form", onsubmit: event => {
    event.preventDefault();
    call("fault", { kind: kind.value, method: method.value, times: Math.max(1, Number(times.value) || 1), ...(kind.value === "429" ? { retry_after: Number(after.value) || 1 } : {}) });
  } }, el("label", {}, "What goes wrong", kind), el("label", {}, "In which call", method), el("label", {}, "How often", times), afterLabel,
  el("button", { type: "submit", class: "btn", "aria-describedby": "fault-what" }, "Let it happen"));
  const trying = el("p", { class: "hint" }, "In a direct message Paceline answers by chat.postMessage; a late answer to a command goes by response_url; forms open by views.open.");
  return el("details", { class: "faults", id: "faults" }, el("summary", {}, "Break something"), form, what, trying, waiting,
    el("p", { class: "fault-line", id: "fault-line" }, el("span", {}, "Socket Mode:"), ...[["warning", "warn of a disconnect"], ["refresh_requested", "ask for a refresh"], ["drop", "drop the connections"]].map(([reason, label]) =>
      el("button", { type: "button", class: "btn btn-small", onclick: () => call("disconnect", { reason }) }, label))));
}

on("server", draw);
on("live:faults", () => learn().catch(() => {}));
