// One message, drawn for who looks.

import { el } from "./blocks/dom.js";
import { draw, drawText } from "./blocks/index.js";
import { context } from "./context.js";
import { face } from "./face.js";
import { icon } from "./icons.js";
import { me, nameOf, state } from "./state.js";
import { clockTime, dayAndTime, moment, shown } from "./time.js";

// dated says whether a message shows moments relative to now, and has to be drawn again when the clock moves.
export const dated = m => /<!date\^|"type":"date"/.test(JSON.stringify([m.text, m.blocks]));

// drawMessage draws a message; with head it says who wrote it and when. replies are those of its thread.
export function drawMessage(m, head, replies) {
  if (m.ran) return ranLine(m);
  const notice = m.user === "USLACKBOT", bot = m.user === state.server.bot.id;
  const body = el("div", { class: "msg-body" },
    m.ephemeral ? el("p", { class: "msg-only" }, icon("eye"), "Only visible to you") : "",
    head ? el("p", { class: "msg-head" }, el("strong", { class: "msg-who" }, nameOf(m.user)), bot || notice ? el("span", { class: "badge" }, "APP") : "", time(m)) : "",
    m.blocks.length ? draw(m.blocks, context("message", { message_ts: m.ts })) : words(m),
    m.edited ? el("span", { class: "msg-edited" }, "(edited)") : "",
    replies.length ? thread(replies) : "");
  return el("article", { class: "msg" + (m.ephemeral ? " msg-private" : "") + (head ? "" : " msg-more"), "data-ts": m.ts, "data-user": m.user,
    "data-ephemeral": m.ephemeral ? "true" : null, "aria-label": nameOf(m.user) + ", " + shown(moment(m.ts), me().tz, dayAndTime) + (m.ephemeral ? ", only visible to you" : "") },
    el("div", { class: "msg-side" }, head ? face(m.user) : el("span", { class: "msg-small", "aria-hidden": "true" }, shown(moment(m.ts), me().tz, clockTime))), body);
}

const words = m => el("div", { class: "bk bk-text msg-text" }, drawText(m.text, context("message", { message_ts: m.ts }), { mrkdwn: true }));

function time(m) {
  const date = moment(m.ts), zone = me().tz;
  return el("time", { datetime: date.toISOString(), title: shown(date, zone, { dateStyle: "full", timeStyle: "medium" }) + " (" + zone + ")" }, shown(date, zone, clockTime));
}

// ranLine is what Slack does not show: the command that was typed. It helps to see what an answer belongs to.
function ranLine(m) {
  return el("p", { class: "ran", "data-ts": m.ts, "data-ran": m.ran }, icon("prompt"), el("span", { class: "ran-text" }, "You ran ", el("code", {}, m.ran)),
    el("span", { class: "ran-note" }, "only you see this"), time(m));
}

function thread(replies) {
  const inner = el("div", { class: "thread", hidden: true }, replies.map(r => drawMessage(r, true, [])));
  const label = replies.length === 1 ? "1 reply" : replies.length + " replies";
  const button = el("button", { type: "button", class: "thread-open", "aria-expanded": "false", onclick: () => {
    inner.hidden = !inner.hidden;
    button.setAttribute("aria-expanded", String(!inner.hidden));
  } }, face(replies.at(-1).user, "face-small"), label);
  return el("div", {}, button, inner);
}
