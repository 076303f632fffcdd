// Nothing that axe finds, in light and in dark.

import assert from "node:assert/strict";
import { violations } from "./axe.mjs";
import { answer, place, say, shortcut } from "./slack.mjs";
import { scene } from "./stage.mjs";

const clean = async (page, what) => assert.deepEqual(await violations(page), [], what);

for (const theme of ["light", "dark"]) {
  scene("axe finds nothing on the page, " + theme, async s => {
    const page = await s.window({ theme, guide: true });
    await clean(page, "an empty channel and the guide");
    await say(page, "/sent 5");
    await answer(page, /Logged 5/).waitFor();
    await say(page, "/budget why");
    await answer(page, /Source:/).waitFor();
    await page.getByRole("combobox", { name: /^Message / }).fill("/");
    await page.getByRole("option").first().waitFor();
    await clean(page, "a talk with proposals");
    await shortcut(page, "Log invites");
    const form = page.getByRole("dialog", { name: "Log what you sent" });
    await form.waitFor();
    await clean(page, "a form");
    await form.getByRole("textbox", { name: "How many" }).fill("0");
    await form.getByRole("button", { name: "Log", exact: true }).click();
    await form.locator("[aria-invalid]").waitFor();
    await clean(page, "a form with an error");
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "hidden" });
    await place(page, "Paceline").click();
    await page.getByRole("tab", { name: "Home" }).click();
    await page.getByText("Your last logs").waitFor();
    await clean(page, "Home");
  });

  scene("axe finds nothing on the tools, " + theme, async s => {
    const page = await s.window({ theme, at: "/#ana/dm" });
    await say(page, "8");
    await page.getByRole("article").getByText(/Logged 8/).waitFor();
    await page.getByRole("button", { name: "Inspector" }).click();
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await inspector.getByText("Break something").click();
    await inspector.getByRole("listitem").getByText("chat.postMessage").first().click();
    await inspector.getByRole("heading", { name: "Request" }).waitFor();
    await clean(page, "the inspector");
    await page.getByRole("button", { name: /Tue 24 Nov, 10:05/ }).click();
    await page.getByRole("dialog", { name: "Move the clock" }).getByRole("button", { name: "+1 day" }).click();
    await page.getByText("On the way", { exact: true }).waitFor();
    await clean(page, "the clock");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("button", { name: "Reset to empty" }).waitFor();
    await clean(page, "the menu");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Phone" }).click();
    await page.frameLocator("iframe").locator("html.ready").waitFor({ state: "attached" });
    await clean(page, "the phone");
    await clean(await s.window({ theme, width: 800, guide: true }), "a tablet");
    const small = await s.window({ theme, width: 360, height: 740, guide: true });
    await clean(small, "a small screen");
    await small.getByRole("button", { name: "Channels and people" }).click();
    await clean(small, "a small screen with its sidebar");
  });

  scene("axe finds nothing in the gallery, " + theme, async s => {
    const page = await s.window({ theme, at: "/gallery?width=desktop" });
    await clean(page, "the gallery");
  });
}
