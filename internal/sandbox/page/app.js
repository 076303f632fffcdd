// The page: a small Slack around the bot, and beside it the sandbox's tools. Every part is a module that listens to
// state; this one puts them together.

import { follow } from "./live.js";
import { go, learn, on, state, emit } from "./state.js";
import "./talk.js";
import "./side.js";
import "./head.js";
import "./home.js";
import "./modal.js";
import "./composer.js";
import "./clock.js";
import "./tools.js";
import "./inspector.js";
import "./phone.js";
import { start as startUnread } from "./unread.js";
import { start as startGuide } from "./guide.js";

const address = () => location.hash.slice(1).split("/");

// first asks until the sandbox answers.
async function first() {
  for (;;) {
    try { return await learn(); } catch { emit("live:line", { up: false }); }
    await new Promise(done => setTimeout(done, 1000));
  }
}

await Promise.race([follow(), new Promise(done => setTimeout(done, 1000))]);
await first();
startUnread();
const [who, place] = address();
state.place = ""; // so that the first place is a change
go(who || state.me, place || "outreach");
emit("started");
startGuide();

addEventListener("hashchange", () => go(...address()));
// What was learnt may be old after any of these.
for (const name of ["live:clock", "live:again", "live:reset"]) on(name, () => learn().catch(() => {}));
document.getElementById("skip").addEventListener("click", event => {
  event.preventDefault();
  (state.place === "home" ? document.getElementById("home") : document.getElementById("text")).focus();
});
document.documentElement.classList.add("ready");
