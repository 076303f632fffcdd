// Deeds: what people did, and what the bot said unasked, read from the wire, so that it counts whoever did it and in whichever window.

import { on, personOf, state } from "./state.js";
import { ask } from "./wire.js";

const named = id => personOf(id)?.name || id;
const mentions = text => String(text || "").replace(/<@[A-Z0-9]+\|([^>]*)>/g, "@$1").replace(/<@([A-Z0-9]+)>/g, (all, id) => "@" + named(id));

// nameOf reads what the bot calls a message that nobody asked for.
function nameOf(metadata) {
  try { return (typeof metadata === "string" ? JSON.parse(metadata) : metadata)?.event_payload?.name || ""; } catch { return ""; }
}

// deedOf reads an exchange, null for one that is none.
export function deedOf(e) {
  const p = e.request || {}, at = new Date(e.at);
  if (e.from === "bot" && e.method === "chat.postMessage" && e.response?.ok && nameOf(p.metadata)) return { kind: "said", at, name: nameOf(p.metadata) };
  if (e.from !== "slack") return null;
  if (p.command) return { kind: "command", at, person: named(p.user_id), line: (p.command + " " + mentions(p.text)).trim() };
  if (p.type === "block_actions") return { kind: "press", at, person: named(p.user?.id), action: p.actions?.[0]?.action_id, value: p.actions?.[0]?.value };
  if (p.type === "view_submission") return { kind: "submit", at, person: named(p.user?.id), values: p.view?.state?.values };
  if (p.type === "event_callback" && p.event?.type === "message" && !p.event.subtype && !p.event.bot_id) return { kind: "message", at, person: named(p.event.user), line: mentions(p.event.text) };
  return null;
}

let last = -1, asking = false, again = false;

// watch calls seen with every deed from now on.
export function watch(seen) {
  const look = async () => {
    if (asking) { again = true; return; }
    asking = true;
    try {
      do {
        again = false;
        const fresh = await ask("log?after=" + Math.max(last, 0));
        const first = last < 0;
        if (fresh.length) last = fresh.at(-1).n;
        else if (first) last = 0;
        if (!first) fresh.map(deedOf).filter(Boolean).forEach(seen);
      } while (again);
    } catch { /* the page says elsewhere that the sandbox does not answer */ } finally { asking = false; }
  };
  on("live:exchange", look);
  on("live:reset", () => { last = -1; look(); });
  on("server", () => seen({ kind: "clock", at: new Date(state.server.now) }));
  look();
}
