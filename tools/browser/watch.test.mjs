// The watchers can see: each is shown what it is there for.

import assert from "node:assert/strict";
import { scene, until } from "./stage.mjs";
import { violations } from "./axe.mjs";
import { misfits } from "./fits.mjs";

const noticed = (s, like) => until("a trouble like " + like, () => s.troubles.some(trouble => like.test(trouble)));

scene("an error in the console, an exception and a dialog are noticed", async s => {
  const page = await s.window();
  const planted = [/^console error: planted/, /^exception: .*planted/, /^dialog: planted/];
  planted.forEach(like => s.expect(like));
  await page.evaluate(() => { console.error("planted"); setTimeout(() => { throw new Error("planted"); }); setTimeout(() => alert("planted")); });
  for (const like of planted) await noticed(s, like);
});

scene("a request that leaves the origin, and one that fails, are noticed", async s => {
  const page = await s.window();
  s.expect(/Content Security Policy/);
  s.expect(/404|ERR_CONNECTION_REFUSED/);
  s.expect(/^(left the origin|failed): .*127\.0\.0\.2/);
  await page.evaluate(() => { fetch("http://127.0.0.2:8999/").catch(() => {}); fetch("/page/none.js"); });
  await noticed(s, /127\.0\.0\.2|Content Security Policy/); // the page's own policy may be quicker than the watcher
  await noticed(s, /^404: /);
  await page.goto("data:text/html,<img src=http://127.0.0.2:8999/x.png>"); // where no policy helps
  await noticed(s, /^left the origin: http:\/\/127\.0\.0\.2:8999\/x\.png/);
});

scene("axe finds what is planted", async s => {
  const page = await s.window();
  await page.evaluate(() => {
    const button = document.createElement("button"), faint = document.createElement("p");
    faint.textContent = "hardly to be read";
    faint.style.color = "#eee";
    faint.style.background = "#fff";
    document.getElementById("room").append(button, faint);
  });
  const found = (await violations(page)).join("\n");
  assert.match(found, /button-name/);
  assert.match(found, /color-contrast/);
});

scene("what does not fit is found", async s => {
  const page = await s.window({ width: 360 });
  assert.deepEqual(await misfits(page), []);
  await page.evaluate(() => {
    const wide = document.createElement("button"), long = document.createElement("button");
    wide.textContent = "planted";
    wide.style.width = "500px";
    long.textContent = "planted and far too long for the little room it has";
    Object.assign(long.style, { width: "60px", overflow: "hidden", whiteSpace: "nowrap" });
    document.getElementById("below").append(wide, long);
  });
  assert.equal((await misfits(page)).filter(found => found.includes("planted")).length >= 2, true);
});
