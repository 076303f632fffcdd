// What belongs to the sandbox: forms of the bot, the clock, the guide, resets, the inspector, misfortunes, the phone.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { answer, place, say, shortcut, text } from "./slack.mjs";
import { scene } from "./stage.mjs";

scene("a form says what is wrong, is mended, and logs", async s => {
  const page = await s.window();
  await shortcut(page, "Log invites");
  const form = page.getByRole("dialog", { name: "Log what you sent" });
  const many = form.getByRole("textbox", { name: "How many" });
  assert(await many.evaluate(node => node === document.activeElement), "the first field has the keyboard");
  await many.fill("0");
  await form.getByRole("textbox", { name: "Profile addresses (optional)" }).fill("https://www.linkedin.com/in/jane-doe");
  await form.getByRole("button", { name: "Log", exact: true }).click();
  await form.locator('[aria-invalid="true"]').waitFor();
  const told = await many.getAttribute("aria-describedby");
  const why = await form.locator("#" + told.split(" ")[0]).innerText();
  assert.match(why, /whole number|at least|1/, "the error is told with its field");
  assert.equal(await form.getByRole("textbox", { name: "Profile addresses (optional)" }).inputValue(), "https://www.linkedin.com/in/jane-doe", "what was typed stays");
  await many.fill("3");
  await page.keyboard.press("Enter");
  const done = page.getByRole("dialog").getByText(/Logged 3/);
  await done.waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.equal(await s.sandbox.ask("modal?user=ana"), null, "the bot's Slack knows that it is closed");
});

scene("a form that is cancelled logs nothing", async s => {
  const page = await s.window();
  await shortcut(page, "Log invites");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await say(page, "/budget");
  await answer(page, /41 left now, 54 left this week/).waitFor();
});

scene("the clock moves to Monday 00:00 UTC, and the week is fresh", async s => {
  const page = await s.window();
  await say(page, "/sent 5");
  await answer(page, /49 this week/).waitFor();
  await page.getByRole("button", { name: "to Monday 00:00 UTC" }).click();
  await page.getByRole("button", { name: /Mon 30 Nov, 01:00 ?Mon 00:00 UTC/ }).waitFor();
  await say(page, "/budget");
  await answer(page, /75 left this week/).waitFor();
});

scene("Home in front shows the fresh week when the clock moves", async s => {
  const page = await s.window({ at: "/#ana/home" });
  await page.getByText("41 left now, 54 left this week").waitFor();
  await page.getByRole("button", { name: "to Monday 00:00 UTC" }).click();
  await page.getByText(/75 left this week/).first().waitFor();
});

scene("the clock's panel goes anywhere and says what was due", async s => {
  const page = await s.window();
  await page.getByRole("button", { name: /Tue 24 Nov, 10:05/ }).click();
  const panel = page.getByRole("dialog", { name: "Move the clock" });
  await panel.getByRole("button", { name: "to Friday 17:00" }).click();
  await panel.getByText("On the way", { exact: true }).waitFor();
  await page.getByRole("button", { name: /Fri 27 Nov, 17:00 ?Fri 16:00 UTC/ }).waitFor();
  await panel.getByLabel(/^Any moment/).fill("2026-12-24T18:30");
  await panel.getByRole("button", { name: "Go" }).click();
  await page.getByRole("button", { name: /Thu 24 Dec, 18:30/ }).waitFor();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
});

scene("the guided start ticks itself off to its end", async s => {
  const page = await s.window({ at: "", guide: true });
  const guide = page.getByRole("complementary", { name: "Guided start" });
  const total = await guide.getByRole("listitem").count();
  assert(total >= 5);
  for (let done = 0; done < total; done++) {
    await guide.getByText(`${done} of ${total} done`).waitFor();
    const show = guide.getByRole("button", { name: /^(Fill it in for me|Show me the clock)$/ });
    const clock = await show.innerText() === "Show me the clock";
    await show.click();
    if (clock) {
      await page.getByRole("dialog", { name: "Move the clock" }).getByRole("button", { name: "to Monday 00:00 UTC" }).press("Enter");
      await page.getByRole("button", { name: /Mon 30 Nov, 01:00/ }).waitFor();
      await page.keyboard.press("Escape");
    } else {
      assert.notEqual(await text(page).inputValue(), "");
      await text(page).press("Enter");
    }
  }
  await guide.getByText("All done").waitFor();
  assert.equal(await guide.getByRole("heading", { name: "(done)" }).count(), total);
});

scene("the step of the nudge waits for the nudge", async s => {
  const page = await s.window({ at: "", guide: true });
  const burst = page.locator("[data-step=burst]");
  await s.sandbox.ask("fault", { method: "chat.postMessage", kind: "cut" });
  await say(page, "/sent 25");
  await answer(page, /Logged 25/).waitFor();
  await page.locator("[data-step=log][data-done=true]").waitFor();
  assert.equal(await burst.getAttribute("data-done"), "false", "nothing stands in the direct message");
  await s.sandbox.ask("reset", { seed: "empty" });
  await say(page, "/sent 25");
  await page.locator("[data-step=burst][data-done=true]").waitFor();
});

scene("a reset to empty begins anew, in every window", async s => {
  const page = await s.window(), other = await s.window({ at: "/#ana/home" });
  await say(page, "/sent 5");
  await answer(page, /Logged 5/).waitFor();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("button", { name: "Reset to empty" }).click();
  await page.getByRole("dialog", { name: "Reset to an empty workspace?" }).getByRole("button", { name: "Reset" }).click();
  await page.getByText("Everything has begun anew.").waitFor();
  await page.getByRole("heading", { name: "This is the beginning of #outreach" }).waitFor();
  await say(page, "/sent 1");
  await answer(page, /Logged 1\. 74 left/).waitFor();
  await other.getByRole("tab", { name: "Messages" }).click();
  await other.getByRole("tab", { name: "Home" }).click();
  await other.getByText("74 left this week").first().waitFor();
});

scene("the inspector shows an exchange and hands it over as curl", async s => {
  const page = await s.window({ permissions: ["clipboard-read", "clipboard-write"] });
  await page.getByRole("button", { name: "Inspector" }).click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await say(page, "/sent 5");
  const row = inspector.getByRole("listitem").filter({ hasText: "/sent 5" }).last(); // the newest stand first
  await row.getByText("/sent 5").first().click();
  await row.getByText(/^"\/sent"$/).or(row.getByText(/command: "\/sent"/)).first().waitFor();
  await row.getByText(/\d ms$/).first().waitFor();
  await row.getByRole("button", { name: "Copy as curl" }).click();
  await page.getByText("Copied.").waitFor();
  const line = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(line, /^curl -sS /);
  assert.doesNotMatch(line, /xoxb|xapp/, "no token is copied");
  await promisify(execFile)("bash", ["-c", line]); // it does again what was done
  await answer(page, /Logged 5\. 31 left now/).waitFor();
  await inspector.getByRole("button", { name: "As text" }).click();
  await row.locator("pre").first().waitFor();
});

scene("a misfortune shows an honest notice", async s => {
  const page = await s.window({ at: "/#ana/dm" });
  await page.getByRole("button", { name: "Inspector" }).click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await inspector.getByText("Break something").click();
  await inspector.getByLabel("What goes wrong").selectOption("500");
  await inspector.getByLabel("In which call").selectOption("chat.postMessage");
  await inspector.getByLabel("How often").fill("20");
  await inspector.getByRole("button", { name: "Let it happen" }).click();
  await inspector.getByRole("list", { name: "Faults that wait to happen" }).getByText("chat.postMessage").waitFor();
  s.expect(/^504: .*\/control\/message$|status of 504/);
  await say(page, "8");
  await page.getByRole("alert").getByText("The bot acknowledged but showed nothing: its call of chat.postMessage (500) met a fault.").waitFor();
  assert.equal(await text(page).inputValue(), "", "what was sent is not offered again: it would count twice");
  await inspector.getByText("fault: 500").first().waitFor();
  await inspector.getByRole("button", { name: /^Call off/ }).click();
  await inspector.getByRole("list", { name: "Faults that wait to happen" }).waitFor({ state: "hidden" });
  await say(page, "budget");
  await page.getByRole("article", { name: /^Paceline/ }).getByText(/33 left now/).first().waitFor(); // it was logged, once
});

scene("the phone beside the desktop is the same person", async s => {
  const page = await s.window({ width: 1440 });
  await page.getByRole("button", { name: "Phone" }).click();
  const phone = page.frameLocator("iframe");
  await phone.getByRole("combobox", { name: "Message #outreach" }).fill("/sent 2");
  await phone.getByRole("combobox", { name: "Message #outreach" }).press("Enter");
  await answer(phone, /Logged 2\. 39 left now/).waitFor();
  await answer(page, /Logged 2\. 39 left now/).waitFor();
  await page.getByRole("button", { name: /Ben Carter/ }).click();
  await phone.getByText("ben", { exact: true }).waitFor();
});

scene("a table of the gallery is sorted and turns its pages", async s => {
  const page = await s.window({ at: "/gallery?only=data table&width=desktop" });
  const table = page.getByRole("table", { name: "What everybody sent this week" }).first();
  const first = () => table.getByRole("rowheader").allInnerTexts();
  const begin = await first();
  const sent = table.getByRole("columnheader", { name: "Sent" });
  const numbers = async () => (await table.getByRole("row").evaluateAll(rows => rows.slice(1).map(r => Number(r.cells[1].innerText.replace(",", "")))));
  await sent.getByRole("button").click();
  assert.equal(await sent.getAttribute("aria-sort"), "ascending");
  const up = await numbers();
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  await sent.getByRole("button").click();
  assert.equal(await sent.getAttribute("aria-sort"), "descending");
  const down = await numbers();
  assert.deepEqual(down, [...down].sort((a, b) => b - a));
  assert(down[0] > up.at(-1), "the whole table is sorted, not one page of it");
  await sent.getByRole("button").click();
  assert.deepEqual(await first(), begin, "a third press gives the order it came in");
  await page.getByRole("button", { name: "Next page" }).first().click();
  const second = await first();
  assert.equal(second.length, begin.length);
  assert(second.every(name => !begin.includes(name)), "another page, other people");
  await page.getByText("6–10 of 12").first().waitFor();
});

scene("pages are where the sidebar says", async s => {
  const page = await s.window({ width: 360, height: 740 });
  await page.getByRole("button", { name: "Channels and people" }).click();
  await place(page, "general").click();
  await page.getByRole("heading", { name: "general", exact: true }).waitFor();
  assert.match(page.url(), /#ana\/general$/);
  await page.reload();
  await page.getByRole("heading", { name: "general", exact: true }).waitFor();
});
