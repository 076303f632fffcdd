// The inspector: every request and answer between Slack and the bot.

import { el } from "./blocks/dom.js";
import { curl } from "./curl.js";
import { faults } from "./faults.js";
import { icon } from "./icons.js";
import { pretty, tree } from "./json.js";
import { me, on, state } from "./state.js";
import { shown } from "./time.js";
import { toast } from "./toast.js";
import { togglePanel } from "./tools.js";
import { ask, keep, kept } from "./wire.js";

const panel = document.getElementById("inspector");
const most = 400; // exchanges shown
let all = [], last = 0, asking = false, again = false, asTree = kept("json", "tree") === "tree";

const filter = el("select", { class: "field", id: "wire-filter", "aria-label": "Filter by method", onchange: draw }, el("option", { value: "" }, "Everything"));
const form = el("button", { type: "button", class: "btn btn-small", id: "wire-form", "aria-pressed": "false", onclick: () => { asTree = !asTree; keep("json", asTree ? "tree" : "text"); redraw(); } }, "As text");
const count = el("span", { class: "hint", role: "status" });
const list = el("ol", { class: "wire", id: "wire" });

const failed = e => e.response?.fault || e.response?.ok === false || e.response?.error;

function row(e) {
  const bad = failed(e), box = el("details", { class: "wire-row" + (bad ? " wire-bad" : ""), "data-n": e.n, "data-method": e.method });
  box.append(el("summary", {},
    el("span", { class: "wire-way", title: e.from + " to " + e.to }, e.from === "bot" ? "bot → Slack" : "Slack → bot"),
    el("span", { class: "wire-method" }, title(e)), bad ? el("span", { class: "wire-fail" }, e.response.fault ? "fault: " + e.response.fault : String(e.response.error || "not ok")) : "",
    el("span", { class: "wire-ms" }, e.ms < 10 ? e.ms.toFixed(1) + " ms" : Math.round(e.ms) + " ms")));
  box.addEventListener("toggle", () => { if (box.open && box.children.length === 1) box.append(body(e)); });
  return el("li", {}, box);
}

// title is the method, and for what Slack sends the thing it is about.
function title(e) {
  const p = e.request || {};
  const about = p.command ? (p.command + " " + (p.text || "")).trim() : p.actions?.[0]?.action_id ? "press " + p.actions[0].action_id : p.type === "event_callback" ? p.event?.type : e.from === "slack" ? p.type : "";
  return about ? e.method + ": " + about : e.method;
}

function body(e) {
  const line = curl(e, location.origin, state.server.people), drawn = asTree ? tree : pretty;
  return el("div", { class: "wire-body" },
    el("p", { class: "wire-at" }, shown(new Date(e.at), me().tz, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" }) + " · No. " + e.n,
      line ? el("button", { type: "button", class: "btn btn-small", onclick: () => copy(line) }, "Copy as curl") : ""),
    el("h3", {}, "Request"), drawn(e.request), el("h3", {}, "Answer"), drawn(e.response));
}

async function copy(line) {
  try {
    await navigator.clipboard.writeText(line);
    toast("Copied. Tokens stand as $SLACK_BOT_TOKEN.");
  } catch {
    const dialog = document.getElementById("ask"); // no leave to write there: show it to be copied by hand
    const area = el("textarea", { class: "field copy-area", readonly: true, rows: 8, "aria-label": "The command", value: line });
    dialog.setAttribute("aria-labelledby", "ask-title");
    dialog.replaceChildren(el("form", { method: "dialog", class: "modal-form" }, el("header", { class: "modal-head" }, el("h2", { id: "ask-title" }, "As a curl command")), el("div", { class: "modal-body" }, area),
      el("footer", { class: "modal-foot" }, el("button", { type: "submit", class: "btn btn-main" }, "Done"))));
    dialog.showModal();
    area.select();
  }
}

function draw() {
  const some = all.filter(e => !filter.value || e.method === filter.value).slice(-most);
  const rows = new Map([...list.children].map(li => [Number(li.firstChild.dataset.n), li]));
  list.replaceChildren(...some.reverse().map(e => rows.get(e.n) || row(e)));
  count.textContent = some.length ? "" : "Nothing yet. Type a command, and its way to the bot and back shows here.";
  const methods = [...new Set(all.map(e => e.method))].sort(), chosen = filter.value;
  if (methods.length !== filter.options.length - 1) {
    filter.replaceChildren(el("option", { value: "" }, "Everything"), ...methods.map(m => el("option", { value: m }, m)));
    filter.value = methods.includes(chosen) ? chosen : "";
  }
}

function redraw() {
  form.setAttribute("aria-pressed", String(!asTree));
  const open = new Set([...list.querySelectorAll("details.wire-row[open]")].map(d => d.dataset.n));
  list.replaceChildren();
  draw();
  for (const d of list.querySelectorAll("details.wire-row")) if (open.has(d.dataset.n)) d.open = true;
}

// more fetches what was said since; one question at a time.
async function more() {
  if (panel.hidden) return;
  if (asking) { again = true; return; }
  asking = true;
  try {
    do {
      again = false;
      const fresh = await ask("log?after=" + last);
      if (fresh.length) last = fresh.at(-1).n;
      all = [...all, ...fresh].slice(-2000);
    } while (again);
    draw();
  } catch (e) { toast(e.message, "error"); } finally { asking = false; }
}

panel.append(el("header", { class: "drawer-head" }, el("h2", {}, "Inspector"), el("p", { class: "hint" }, "What Slack and the bot say to each other. Newest first."),
  el("button", { type: "button", class: "icon-btn drawer-x", "aria-label": "Close the inspector", onclick: () => togglePanel("inspector", false) }, icon("close"))),
faults(), el("div", { class: "wire-tools" }, filter, form, count), list);
redraw();
on("panel", ({ name, open }) => { if (name === "inspector" && open) more(); });
on("live:exchange", more);
on("live:again", more);
on("live:reset", () => { all = []; last = 0; list.replaceChildren(); draw(); more(); });
