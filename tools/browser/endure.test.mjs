// What the page survives: the bot going away, two windows at once, hostile text, a crowd of messages.

import assert from "node:assert/strict";
import { answer, place, say, shortcut, text } from "./slack.mjs";
import { ready, scene } from "./stage.mjs";

scene("the sandbox is started anew, and the page follows", async s => {
  const page = await s.window();
  await say(page, "/sent 5");
  await answer(page, /Logged 5/).waitFor();
  s.expect(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/);
  await s.sandbox.stop();
  const banner = page.getByText("The sandbox does not answer. Is it still running?", { exact: false });
  await banner.waitFor();
  await s.sandbox.start();
  await banner.waitFor({ state: "hidden" });
  await page.getByRole("heading", { name: "This is the beginning of #outreach" }).waitFor(); // it forgot, and so does the page
  await say(page, "/sent 1");
  await answer(page, /Logged 1\. 40 left now/).waitFor();
});

scene("the bot loses its line to Slack, the page says so, and the bot comes back", async s => {
  const page = await s.window();
  await s.sandbox.ask("fault", { method: "apps.connections.open", kind: "500", times: 1000 });
  await s.sandbox.ask("disconnect", { reason: "drop" });
  const banner = page.getByText("The bot is not connected.", { exact: false });
  await banner.waitFor();
  await s.sandbox.ask("mend", {});
  await banner.waitFor({ state: "hidden", timeout: 30_000 });
  await say(page, "/sent 5");
  await answer(page, /Logged 5/).waitFor();
});

for (const reason of ["warning", "refresh_requested", "drop"]) {
  scene("Slack ends a line: " + reason + ", and nothing is lost", async s => {
    const page = await s.window();
    await s.sandbox.ask("disconnect", { reason });
    await say(page, "/sent 5");
    await answer(page, /Logged 5\. 36 left now/).waitFor();
  });
}

scene("two windows stay in step", async s => {
  const one = await s.window({ at: "/#ana/dm" }), two = await s.window({ at: "/#ana/dm" }), ben = await s.window({ at: "/#ben/outreach" });
  await say(one, "8");
  const card = two.getByRole("article", { name: /^Paceline/ }).last();
  await card.getByText(/Logged 8\. 33 left now/).waitFor();
  await card.getByRole("button", { name: "Undo 8" }).click();
  await one.getByRole("article", { name: /^Paceline/ }).last().getByText(/Undid 8/).waitFor();
  await two.getByRole("button", { name: "to Monday 00:00 UTC" }).click();
  await one.getByRole("button", { name: /Mon 30 Nov, 01:00/ }).waitFor();
  await ben.getByRole("button", { name: /Sun 29 Nov, 19:00/ }).waitFor(); // in New York
  await shortcut(one, "Log invites");
  await one.getByRole("dialog").waitFor();
  assert.equal(await two.getByRole("dialog").count(), 0, "a form opens where it was asked for");
  const seen = ben.getByRole("article");
  assert.equal(await seen.filter({ hasText: /Logged|Undid/ }).count(), 0, "what is ana's stays ana's");
  await seen.filter({ hasText: "New week: budgets are fresh" }).waitFor(); // the channel's digest is everybody's
  assert.equal(await seen.count(), 1, "and it stands there once");
});

const attacks = ['<img src=x onerror="window.hit=1">', "<script>window.hit=1</script>", "<javascript:window.hit=1|press me>", "[press](javascript:window.hit=1)",
  '"><svg onload=window.hit=1>', "<https://example.com/\"onmouseover=\"window.hit=1|over me>", "javascript:window.hit=1", "{{constructor.constructor('window.hit=1')()}}"];

scene("hostile text stays text, wherever it is written", async s => {
  const page = await s.window({ guide: true });
  const hit = async where => {
    assert.equal(await page.evaluate(() => window.hit), undefined, "executed: " + where);
    assert.equal(await page.locator(":is(img, a, iframe, script)").evaluateAll(all => all.filter(n => /javascript:|^x$/i.test(n.getAttribute("src") || n.getAttribute("href") || "")).length), 0, "became an element: " + where);
  };
  for (const attack of [attacks[0], attacks[1], attacks[4]]) { // where nothing guards against them they do hit
    await page.goto("data:text/html," + encodeURIComponent(attack));
    await page.waitForFunction(() => window.hit === 1);
  }
  await page.goto(s.sandbox.url);
  await ready(page);
  for (const attack of attacks) await say(page, attack);
  await page.getByRole("article").getByText("<script>window.hit=1</script>").first().waitFor();
  for (const command of ["/sent ", "/budget ", "/paceline settings zone ", "/paceline help "]) {
    for (const attack of attacks.slice(0, 3)) await say(page, command + attack);
    await page.getByText(command + attacks[2]).last().waitFor();
  }
  await hit("the channel and commands");
  await place(page, "Paceline").click();
  for (const attack of attacks) await say(page, attack);
  await page.getByRole("article").getByText(attacks[7]).first().waitFor();
  await hit("the direct message");
  await shortcut(page, "Log invites");
  const form = page.getByRole("dialog", { name: "Log what you sent" });
  for (const attack of attacks) {
    await form.getByRole("textbox", { name: "How many" }).fill(attack);
    await form.getByRole("textbox", { name: /Profile addresses/ }).fill(attacks.join("\n"));
    await form.getByRole("button", { name: "Log", exact: true }).click();
    await form.locator("[aria-invalid]").first().waitFor();
  }
  await hit("the form");
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "hidden" });
  const channel = (await s.sandbox.ask("state")).channels.find(c => c.name === "outreach").id;
  await place(page, "outreach").click();
  for (const attack of attacks) {
    await s.sandbox.slack("chat.postMessage", { channel, text: attack, blocks: [
      { type: "header", text: { type: "plain_text", text: attack } }, { type: "section", text: { type: "mrkdwn", text: attack } }, { type: "markdown", text: attack },
      { type: "actions", elements: [{ type: "button", action_id: "a", text: { type: "plain_text", text: attack.slice(0, 75) }, accessibility_label: attack.slice(0, 75), value: attack }] }] });
  }
  await page.getByRole("button", { name: attacks[0] }).waitFor();
  for (const link of await page.getByRole("article").getByRole("link").all()) assert.match(await link.getAttribute("href"), /^https:\/\/example\.com\//);
  await page.getByRole("button", { name: "Inspector" }).click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const posted = inspector.getByRole("listitem").getByText("chat.postMessage");
  await posted.nth(8).waitFor();
  for (let i = 0; i < 9; i++) await posted.nth(i).click();
  await inspector.getByRole("button", { name: "As text" }).click();
  await inspector.getByText("<script>window.hit=1</script>").first().waitFor();
  await hit("what the bot posts, and the inspector");
  for (const hash of ["#<img src=x onerror=window.hit=1>", "#ana/<script>", "#__proto__/constructor"]) {
    await page.goto(s.sandbox.url + "/" + hash);
    await page.reload();
    await ready(page);
    await hit("the address " + hash);
  }
  await page.goto(s.sandbox.url + "/gallery?only=hostile&theme=<script>&width=\"onload=1");
  await ready(page);
  await page.getByRole("heading", { name: /Hostile text/ }).waitFor();
  await hit("the gallery");
});

scene("loading asks for little, and for nothing twice", async s => {
  const page = await s.window({ guide: true });
  const load = () => page.evaluate(() => [performance.getEntriesByType("navigation")[0], ...performance.getEntriesByType("resource")].map(e => ({ name: e.name, bytes: e.transferSize, whole: e.decodedBodySize })));
  const first = await load(), sum = (all, what) => all.reduce((n, e) => n + e[what], 0);
  s.t.diagnostic(`${first.length} requests, ${Math.round(sum(first, "bytes") / 1024)} KiB`);
  assert(first.length < 100 && sum(first, "bytes") < 600 * 1024, JSON.stringify(first));
  const files = first.map(e => e.name).filter(name => /\.(js|css)$/.test(name));
  assert(files.length > 20, "the measure sees the page's files");
  assert.equal(new Set(files).size, files.length, "no file is asked for twice");
  await page.reload();
  await ready(page);
  const second = await load();
  const again = second.filter(e => e.name.includes("/page/"));
  assert(sum(again, "bytes") < sum(first.filter(e => e.name.includes("/page/")), "bytes") / 4, "what was loaded is kept, and only asked after");
});
