// The modal in front of the person acted for. The browser keeps the focus inside it; Esc closes it, and the bot is
// told. As in Slack, a modal opens where it was asked for, and not in other windows of the same person; a page that is
// loaded anew takes up what was open.

import { el, plainOf } from "./blocks/dom.js";
import { draw, read, showErrors } from "./blocks/index.js";
import { act, underWay } from "./act.js";
import { context } from "./context.js";
import { icon } from "./icons.js";
import { me, on, state } from "./state.js";
import { toast } from "./toast.js";
import { ask, query } from "./wire.js";

const dialog = document.getElementById("modal");
let open = null, busy = false, from = null;

// show draws a view, or closes the modal when there is none. What was typed in fields that stay is kept.
function show(view) {
  if (!view) {
    const was = dialog.open;
    if (was) dialog.close();
    open = null;
    if (!was) return;
    if (from && from.isConnected) from.focus({ preventScroll: true });
    else if (state.place !== "home") document.getElementById("text")?.focus({ preventScroll: true });
    from = null;
    return;
  }
  if (open && open.id === view.id && open.hash === view.hash && dialog.open) return;
  const typed = open && open.id === view.id && dialog.open ? read(dialog).values : {};
  if (!dialog.open) from = document.activeElement === document.body ? null : document.activeElement;
  const focused = dialog.contains(document.activeElement) ? document.activeElement.closest("[data-block-id]")?.dataset.blockId : null;
  open = view;
  const closes = () => cancel();
  const send = view.submit ? el("button", { type: "submit", class: "btn btn-main" }, plainOf(view.submit)) : "";
  const body = el("div", { class: "modal-body" }, el("p", { class: "modal-trouble", role: "alert", hidden: true }),
    draw(view.blocks, context("modal", { in: "modal" }, { state: merged(view, typed) })));
  dialog.setAttribute("aria-labelledby", "modal-title");
  dialog.replaceChildren(el("form", { class: "modal-form", novalidate: true, onsubmit: submit },
    el("header", { class: "modal-head" }, el("h2", { id: "modal-title" }, plainOf(view.title)), el("button", { type: "button", class: "icon-btn", "aria-label": "Close", onclick: closes }, icon("close"))),
    body, el("footer", { class: "modal-foot" }, el("button", { type: "button", class: "btn", onclick: closes }, plainOf(view.close) || (view.submit ? "Cancel" : "Close")), send)));
  if (!dialog.open) dialog.showModal();
  const field = (focused && dialog.querySelector(`[data-block-id="${CSS.escape(focused)}"] :is(input, select, textarea, button)`)) ||
    dialog.querySelector("[autofocus]") || dialog.querySelector(".modal-body :is(input, select, textarea)") || dialog.querySelector(".modal-foot .btn-main") || dialog.querySelector(".modal-foot .btn");
  field?.focus();
}

// merged is what stands in the view's fields: what the sandbox knows, and over it what was typed here.
function merged(view, typed) {
  const state = structuredClone(view.state?.values || {});
  for (const [block, actions] of Object.entries(typed)) {
    for (const [action, value] of Object.entries(actions)) {
      const known = state[block]?.[action];
      if (known && value !== "" && value !== null) state[block][action] = { type: known.type, value };
    }
  }
  return state;
}

function working(on) {
  busy = on;
  dialog.classList.toggle("modal-busy", on);
  const send = dialog.querySelector(".btn-main[type=submit]");
  if (send) { send.disabled = on; send.setAttribute("aria-busy", String(on)); }
}

async function submit(event) {
  event.preventDefault();
  if (busy) return;
  const mine = open.id, user = state.me;
  working(true);
  let out;
  try {
    out = await ask("submit", { user, values: read(dialog).values });
  } catch (e) { toast(e.message, "error"); }
  working(false);
  if (!out || user !== state.me) return;
  const wrong = out.errors || {};
  if (!Object.keys(wrong).length) {
    show(out.modal);
    if (out.replies?.length && state.place === "home") toast("Paceline: " + out.replies.at(-1).text);
    return;
  }
  if (out.modal && open && out.modal.id !== mine) show(out.modal);
  const rest = Object.values(showErrors(dialog, wrong)), trouble = dialog.querySelector(".modal-trouble");
  trouble.hidden = !rest.length;
  trouble.textContent = rest.join(" ");
}

async function cancel() {
  if (busy || !open) return;
  const out = await act("close", { user: state.me });
  if (!out) show(null); // the sandbox had it closed already
}

// look asks what is open; with any, also when this page did not open it.
async function look(any) {
  if (!any && !open && !underWay()) return;
  const mine = state.me;
  try {
    const view = await ask("modal?" + query({ user: mine }));
    if (mine === state.me && !busy && (open || any || (view && underWay()))) show(view);
  } catch (e) { toast(e.message, "error"); }
}

dialog.addEventListener("cancel", event => { event.preventDefault(); cancel(); });
const framed = window !== window.parent;
on("modal", ({ person, view }) => { if (person === state.me) show(view); });
on("live:modal", n => { if (n.person === me().id) look(false); });
on("live:again", () => look(false));
on("live:reset", () => { if (dialog.open) dialog.close(); open = null; });
on("who", () => { if (dialog.open) dialog.close(); open = null; });
on("started", () => look(!framed));
