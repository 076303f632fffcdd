// Five thousand messages in a channel: typing stays smooth, its work measured beside that of an empty one.

import assert from "node:assert/strict";
import { answer, say, text } from "./slack.mjs";
import { scene } from "./stage.mjs";

const crowd = 5000; // messages
const bound = 15; // times as much work as in an empty channel: typing is 5 to 7 times, since each frame looks at each row

// typing presses keys, each until it shows. Nothing here is looked for by role, which would be work of the test's own.
async function typing(page) {
  await page.evaluate(() => {
    window.shown = 0;
    const text = document.getElementById("text");
    text.value = "";
    text.focus();
    window.typingHeard ||= text.addEventListener("keydown", () => requestAnimationFrame(() => setTimeout(() => window.shown++))) || true;
  });
  for (let i = 1; i <= 8; i++) {
    await page.keyboard.press("a");
    await page.waitForFunction(n => window.shown >= n, i);
  }
}

// worker returns a function that tells for how many milliseconds a page's thread has worked so far. That is the thread's own
// time: a busy machine, which lets it wait, does not change it.
async function worker(page) {
  const line = await page.context().newCDPSession(page);
  await line.send("Performance.enable");
  return async () => {
    const { metrics } = await line.send("Performance.getMetrics");
    return metrics.find(m => m.name === "ThreadTime").value * 1000;
  };
}

const median = all => all.sort((a, b) => a - b)[all.length >> 1];

// compare tells how much work typing is in a full channel and in an empty one.
async function compare(full, empty, rounds = 5) {
  const work = [];
  for (const page of [full, empty]) {
    await page.bringToFront();
    const worked = await worker(page), all = [];
    for (let i = 0; i < rounds; i++) {
      const before = await worked();
      await typing(page);
      all.push(await worked() - before);
    }
    work.push(median(all));
  }
  const [much, little] = work;
  return { much, little, ratio: much / little };
}

scene(crowd.toLocaleString("en") + " messages in a channel: typing stays smooth", async s => {
  const empty = await s.window({ at: "/#ben/general" });
  const channel = (await s.sandbox.ask("state")).channels.find(c => c.name === "outreach").id;
  let n = 0;
  const post = (upTo, at) => Promise.all(Array.from({ length: at }, async () => {
    while (n < upTo) await s.sandbox.slack("chat.postMessage", { channel, text: `Message ${++n}: *42 left*, see <https://example.com|why>` });
  }));
  await post(crowd - 600, 16);
  const page = await s.window();
  await post(crowd, 4); // while the page looks on
  const newest = page.getByText(/^Message 5,?000:/);
  await newest.waitFor();
  await page.waitForFunction(() => { const list = document.getElementById("list"); return list.scrollHeight - list.scrollTop - list.clientHeight < 2; });
  const list = page.getByRole("region", { name: /^Messages/ });
  const first = page.getByText(/^Message 1:/);
  while (!await first.count()) { // to the very first, as somebody does who drags the bar up again and again
    const rows = await list.getByRole("article").count();
    await list.evaluate(node => { node.scrollTop = 0; });
    await page.waitForFunction(n => document.querySelectorAll("#list article").length > n, rows);
  }
  assert.equal(await list.getByRole("article").count(), crowd);
  const { much, little, ratio } = await compare(page, empty);
  s.t.diagnostic(`typing: ${much.toFixed(1)} ms of work, ${little.toFixed(1)} ms in an empty channel`);
  assert(ratio < bound, `typing is ${ratio.toFixed(1)} times as much work`);
  await page.evaluate(() => document.getElementById("text").addEventListener("keydown", event => {
    while (performance.now() - event.timeStamp < 200);
  }, { capture: true, signal: (window.slowness = new AbortController()).signal }));
  const slowed = await compare(page, empty, 1);
  assert(slowed.ratio > bound, "a page that is slow is found: " + JSON.stringify(slowed));
  await page.evaluate(() => window.slowness.abort());
  await page.bringToFront();
  await say(page, "/sent 5");
  await answer(page, /Logged 5/).waitFor();
});
