// What it looks like: pictures in light and dark, wide and narrow, kept as output; and nothing stands outside or is cut off.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { misfits } from "./fits.mjs";
import { answer, place, say, shortcut, text, tool } from "./slack.mjs";
import { ready, scene } from "./stage.mjs";

const docs = new URL("../../docs/", import.meta.url);

for (const theme of ["light", "dark"]) {
  for (const width of [1280, 800, 360]) {
    const narrow = width < 760;
    const shoot = async (page, what) => {
      assert.deepEqual(await misfits(page), [], what);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${what}-${width}-${theme}.png`, animations: "disabled" });
    };
    const go = async (page, name) => {
      if (narrow) await page.getByRole("button", { name: "Channels and people" }).click();
      await place(page, name).click();
    };

    scene(`pictures, ${width} px, ${theme}`, async s => {
      const page = await s.window({ at: "", theme, width, height: 800, guide: true });
      await page.getByRole("heading", { name: /^This is the beginning/ }).waitFor();
      await shoot(page, "start");
      await text(page).click();
      await page.keyboard.type("/");
      await page.getByRole("option").first().waitFor();
      await shoot(page, "proposals");
      await say(page, "/sent 8");
      await answer(page, /Logged 8/).waitFor();
      await say(page, "/budget");
      await answer(page, /33 left now, 46 left this week/).waitFor();
      if (width === 1280) await page.getByText("2 of 14 done").waitFor();
      await page.mouse.move(width / 2, 60); // over nothing
      await shoot(page, "talk");
      if (process.env.UPDATE && width === 1280 && theme === "light") {
        await mkdir(docs, { recursive: true });
        await page.screenshot({ path: new URL("sandbox.png", docs).pathname, animations: "disabled" });
      }
      await shortcut(page, "Log invites");
      const form = page.getByRole("dialog", { name: "Log what you sent" });
      await form.getByRole("textbox", { name: "How many" }).fill("0");
      await form.getByRole("button", { name: "Log", exact: true }).click();
      await form.locator("[aria-invalid]").waitFor();
      await shoot(page, "form");
      await page.keyboard.press("Escape");
      await form.waitFor({ state: "hidden" });
      await go(page, "Paceline");
      await say(page, "8");
      await page.getByRole("article", { name: /^Paceline/ }).getByText(/Logged 8/).waitFor();
      await shoot(page, "direct");
      await page.getByRole("tab", { name: "Home" }).click();
      await page.getByText("Your last logs").waitFor();
      await shoot(page, "home");
      await tool(page, "Inspector");
      const inspector = page.getByRole("complementary", { name: "Inspector" });
      await inspector.getByText("Break something").click();
      await inspector.getByRole("listitem").getByText("chat.postMessage").first().click();
      await inspector.getByRole("button", { name: "Copy as curl" }).first().waitFor();
      await shoot(page, "inspector");
      await page.getByRole("button", { name: "Close the inspector" }).click();
      await page.getByRole("button", { name: /Tue 24 Nov, 10:05/ }).click();
      await page.getByRole("dialog", { name: "Move the clock" }).getByRole("button", { name: "to Monday 00:00 UTC" }).click();
      await page.getByText("On the way", { exact: true }).waitFor();
      await shoot(page, "clock");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("button", { name: "Reset to the demo" }).click();
      await page.getByRole("dialog", { name: /^Reset/ }).waitFor();
      await shoot(page, "reset");
      await page.keyboard.press("Escape");
      if (narrow) {
        await page.getByRole("button", { name: "Channels and people" }).click();
        await page.getByRole("button", { name: /Mia Brandt/ }).waitFor();
        await shoot(page, "sidebar");
      } else if (width > 900) {
        await go(page, "outreach");
        await tool(page, "Phone");
        const phone = page.frameLocator("iframe");
        await phone.locator("html.ready").waitFor({ state: "attached" });
        await phone.getByText(/Logged 8/).first().waitFor();
        await shoot(page, "phone");
      }
      await page.goto(s.sandbox.url + "/gallery");
      await ready(page);
      await shoot(page, "gallery");
    });
  }
}
