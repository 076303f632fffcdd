// What people do in the conversation: type, read, press, go elsewhere, be somebody else.

import assert from "node:assert/strict";
import { answer, place, say, text } from "./slack.mjs";
import { scene } from "./stage.mjs";

scene("five invites are logged with a completed command, and taken back", async s => {
  const page = await s.window();
  await text(page).click();
  await page.keyboard.type("/se");
  await page.getByRole("option", { name: "/sent" }).waitFor();
  assert.equal(await text(page).getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Enter");
  assert.equal(await text(page).inputValue(), "/sent ");
  await page.keyboard.type("5");
  await page.keyboard.press("Enter");
  const logged = answer(page, /Logged 5\. 36 left now, 49 this week/);
  await logged.getByText("Only visible to you", { exact: true }).waitFor();
  assert.equal(await text(page).inputValue(), "");
  await logged.getByRole("button", { name: "Undo 5" }).click();
  await answer(page, /Undid 5 logged at 10:05\. 41 left now/).waitFor();
});

scene("the answer's buttons work: the card, why, five more", async s => {
  const page = await s.window();
  await say(page, "/budget");
  const card = answer(page, /41 left now, 54 left this week/);
  await card.getByText("59 of about 100", { exact: false }).first().waitFor();
  await say(page, "/sent 5");
  await answer(page, /Logged 5\./).getByRole("button", { name: /^\+5/ }).click();
  await answer(page, /Logged 5\. 31 left now/).getByRole("button", { name: /^Why/ }).click();
  await answer(page, /Source:/).waitFor();
});

scene("everything is done without a mouse", async s => {
  const page = await s.window({ guide: true });
  const reach = async (what, at) => { // by Tab alone, as far as it takes
    for (let i = 0; i < 60; i++) {
      if (await at.evaluate(node => node === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail("Tab does not reach " + what);
  };
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the message box" });
  assert(await skip.evaluate(node => node === document.activeElement), "the skip link comes first");
  await page.keyboard.press("Enter");
  await reach("the message box", text(page));
  await page.keyboard.type("/sent 5");
  await page.keyboard.press("Enter");
  const undo = answer(page, /Logged 5\./).getByRole("button", { name: "Undo 5" });
  await undo.waitFor();
  await page.keyboard.press("Shift+Tab"); // backwards from the message box is the newest message
  assert(await page.evaluate(() => Boolean(document.activeElement.closest("article"))), "Shift+Tab leads into the newest message");
  await page.reload();
  await undo.waitFor();
  await reach("Undo", undo);
  const ring = await undo.evaluate(node => getComputedStyle(node).outlineStyle);
  assert.notEqual(ring, "none", "the focused button shows that it is focused");
  await page.keyboard.press("Enter");
  await answer(page, /Undid 5/).waitFor();
});

scene("Home shows the card and logs one", async s => {
  const page = await s.window();
  await place(page, "Paceline").click();
  await page.getByRole("tab", { name: "Home" }).click();
  const home = page.getByRole("region", { name: "Home tab of Paceline" });
  await home.getByText("41 left now, 54 left this week").waitFor();
  await home.getByRole("button", { name: /^\+1\b(?!0)/ }).click();
  await home.getByText("40 left now, 53 left this week").waitFor();
  await home.getByText("1 invite", { exact: true }).waitFor();
});

scene("words to the bot: a number, then +5 on its card", async s => {
  const page = await s.window({ at: "/#ana/dm" });
  await say(page, "8");
  const card = page.getByRole("article", { name: /^Paceline/ }).last();
  await card.getByText("Logged 8. 33 left now").waitFor();
  await card.getByRole("button", { name: /^\+5/ }).click();
  await card.getByText("Logged 5. 28 left now").waitFor();
});

scene("mia, the manager, sees ana's card", async s => {
  const page = await s.window();
  await page.getByRole("button", { name: /Mia Brandt/ }).click();
  await page.keyboard.type("/budget @an");
  await page.getByRole("option", { name: /Ana Keller/ }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await answer(page, /ana sees exactly this/).getByText(/41 left now, 54 left this week/).waitFor();
  await page.getByRole("button", { name: /Ana Keller/ }).click();
  await page.getByRole("heading", { name: /^This is the beginning/ }).waitFor();
  assert.equal(await page.getByRole("article").count(), 0, "what mia was told is for mia alone");
});

scene("what a person has not seen is counted", async s => {
  const page = await s.window();
  await s.sandbox.ask("message", { user: "ben", channel: "general", text: "Good morning" });
  const general = page.getByRole("button", { name: "general 1 unread message" });
  await general.click();
  await page.getByRole("article").getByText("Good morning").waitFor();
  await page.getByRole("button", { name: "general", exact: true }).waitFor();
});

scene("a thread opens under its message", async s => {
  const page = await s.window();
  const channel = (await s.sandbox.ask("state")).channels.find(c => c.name === "outreach").id;
  const { ts } = await s.sandbox.slack("chat.postMessage", { channel, text: "Who was there?" });
  await s.sandbox.ask("message", { user: "ben", channel: "outreach", text: "I was", thread_ts: ts });
  await page.getByRole("button", { name: "1 reply" }).click();
  await page.getByText("I was", { exact: true }).waitFor();
});
