// Deeds of the person acted for: what is under way here, and what to say when it fails.

import { ask } from "./wire.js";
import { emit, roomId, state } from "./state.js";
import { toast } from "./toast.js";

let serial = 0;
const open = new Map();

// act makes a call that the bot answers. While it lasts, the room it was done in shows that the bot is at work. It
// returns the answer, or after it told what went wrong undefined, or null when it was done and only the answer is missing.
export async function act(path, body) {
  const id = ++serial;
  open.set(id, { room: roomId(), person: state.me });
  emit("acts");
  try {
    const out = await ask(path, body);
    if (out && "modal" in out) emit("modal", { person: body.user, view: out.modal });
    return out;
  } catch (e) {
    toast(e.message, "error");
    return e.status === 504 ? null : undefined;
  } finally {
    open.delete(id);
    emit("acts");
  }
}

// underWay says whether something done here waits for the bot, in the room in front or anywhere.
export const underWay = room => [...open.values()].some(a => a.person === state.me && (!room || a.room === room));
