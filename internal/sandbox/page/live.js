// The live line: a WebSocket on which the sandbox tells what changed. It is opened again whenever it breaks.

import { emit } from "./state.js";

let boot = "", waits = 0, heard;
const greeting = new Promise(done => { heard = done; });

// follow opens the line and keeps it open. Each notice is emitted as "live:" and its kind. After a gap, "live:again"
// says that anything may have changed, and "live:reset" that this is another sandbox. The promise is kept at the
// first greeting: what is asked after that misses nothing.
export function follow() {
  const line = new WebSocket((location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/control/live");
  line.onmessage = event => {
    for (const notice of JSON.parse(event.data)) {
      if (notice.kind === "hello") greeted(notice);
      else emit("live:" + notice.kind, notice);
    }
  };
  line.onclose = () => {
    emit("live:line", { up: false });
    setTimeout(follow, Math.min(4000, 250 * 2 ** waits++));
  };
  return greeting;
}

function greeted(notice) {
  waits = 0;
  const first = boot === "", other = !first && boot !== notice.boot;
  boot = notice.boot;
  heard();
  emit("live:line", { up: true });
  if (other) emit("live:reset", notice);
  else if (!first) emit("live:again", notice);
}
