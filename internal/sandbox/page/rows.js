// Rows of a conversation: messages in groups, with days between them, kept in step with the document.

import { el } from "./blocks/dom.js";
import { dayName, day, moment } from "./time.js";
import { drawMessage } from "./message.js";

const together = 5 * 60; // seconds within which messages of one sender share a head

// rowsOf lays messages out, the oldest first. Each row has a key that changes when it has to be drawn again.
export function rowsOf(messages, zone, now, look) {
  const byTS = new Map(messages.map(m => [m.ts, m])), replies = new Map(), rows = [];
  const answers = m => m.thread_ts && m.thread_ts !== m.ts && byTS.has(m.thread_ts);
  for (const m of messages) if (answers(m)) replies.set(m.thread_ts, [...(replies.get(m.thread_ts) || []), m]);
  let before = null, today = "";
  for (const m of messages) {
    if (answers(m)) continue;
    const date = moment(m.ts), on = day(date, zone);
    if (on !== today) {
      const name = dayName(date, zone, now);
      rows.push({ key: "day " + on + name, draw: () => el("div", { class: "day", role: "separator", "aria-label": name }, el("span", {}, name)) });
      before = null;
    }
    today = on;
    const head = !before || before.user !== m.user || before.ran !== m.ran || Boolean(before.ephemeral) !== Boolean(m.ephemeral) || Number(m.ts) - Number(before.ts) > together;
    const below = replies.get(m.ts) || [];
    rows.push({ key: [m.ts, m.rev, head, below.map(r => r.ts + "/" + r.rev).join(), look, m.dated ? now.getTime() : ""].join(" "), draw: () => drawMessage(m, head, below) });
    before = m;
  }
  return rows;
}

const keys = new WeakMap();

// place makes a list's children the rows. What has the key it had stays as it is, with what a person did in it.
export function place(list, rows) {
  const had = new Map([...list.children].filter(n => keys.has(n)).map(n => [keys.get(n), n]));
  let next = list.firstElementChild;
  for (const row of rows) {
    let node = had.get(row.key);
    had.delete(row.key);
    if (!node) {
      node = row.draw();
      keys.set(node, row.key);
    }
    if (node === next) next = next.nextElementSibling;
    else list.insertBefore(node, next);
  }
  for (const node of had.values()) node.remove();
}
