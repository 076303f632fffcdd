// The stage of a test: a sandbox of its own, one Chromium for each file, and people in windows that are watched. What
// a test started is ended with it, and what a watched window complained of fails it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { chromium } from "playwright-core";

export const tuesday = "2026-11-24T09:05:00Z"; // what time it is where nothing else is said
const patience = 20_000; // milliseconds; nothing here takes a tenth of it on a machine that is not busy

// Chromium may use its own sandbox unless it runs as root, and asks nobody for anything.
const flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
let browser;
const opened = () => (browser ??= chromium.launch({ executablePath: process.env.CHROMIUM, chromiumSandbox: process.getuid?.() !== 0, args: flags }));
after(async () => (await browser)?.close());

const children = new Set();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
process.on("exit", () => { for (const child of children) child.kill("SIGKILL"); });

// freePort is one that nobody had a moment ago.
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

// A Sandbox is one `bot sandbox`.
export class Sandbox {
  constructor(options) { this.options = { at: tuesday, seed: "demo", ...options }; }

  // start begins it; a second time, at the address it had.
  async start() {
    this.port ??= await freePort();
    this.url = "http://127.0.0.1:" + this.port;
    const flags = Object.entries({ addr: "127.0.0.1:" + this.port, ...this.options }).filter(([, value]) => value).flatMap(([name, value]) => ["-" + name, value]);
    assert(process.env.BOT, "BOT has to name the bot's binary: start the tests by tools/browser/run");
    this.child = spawn(process.env.BOT, ["sandbox", ...flags], { stdio: ["ignore", "pipe", "pipe"] });
    children.add(this.child);
    this.said = "";
    this.child.stderr.on("data", text => { this.said += text; });
    const ready = (async () => {
      for await (const line of createInterface({ input: this.child.stdout })) if (line.includes("Open http://")) return true;
      throw new Error("the sandbox ended: " + this.said);
    })();
    await ready;
    this.child.stdout.resume();
    await this.connected();
    return this;
  }

  // connected waits until the bot is there.
  async connected() {
    await until("the bot is connected", async () => (await this.ask("state")).connected);
  }

  // stop ends it as Ctrl-C would.
  async stop() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGINT");
    await ended;
    children.delete(this.child);
  }

  // ask makes a call of the control API.
  async ask(path, body) {
    const init = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch(this.url + "/control/" + path, init);
    const data = await answer.json();
    assert(answer.ok, path + ": " + JSON.stringify(data));
    return data;
  }

  // slack makes a call of Slack's Web API, as the bot would.
  async slack(method, body) {
    const answer = await fetch(this.url + "/api/" + method, { method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", Authorization: "Bearer xoxb-sandbox" } });
    const data = await answer.json();
    assert(data.ok, method + ": " + JSON.stringify(data));
    return data;
  }
}

// until waits for a condition outside of a browser.
export async function until(what, holds) {
  const end = Date.now() + patience;
  for (;;) {
    if (await holds()) return;
    assert(Date.now() < end, "waited in vain: " + what);
    await new Promise(done => setTimeout(done, 15));
  }
}

// watch notes in troubles what goes wrong in a context: errors and warnings in the console, exceptions, dialogs, requests that fail
// or leave the origin.
export function watch(context, origin, troubles, requests = []) {
  const see = page => {
    page.on("console", said => { if (["error", "warning"].includes(said.type())) troubles.push(`console ${said.type()}: ${said.text()}`); });
    page.on("pageerror", error => troubles.push("exception: " + error));
    page.on("dialog", dialog => { troubles.push("dialog: " + dialog.message()); dialog.dismiss().catch(() => {}); });
    page.on("websocket", line => requests.push(line.url()));
  };
  context.pages().forEach(see);
  context.on("page", see);
  context.on("request", request => {
    requests.push(request.url());
    if (!/^(data|blob|about):/.test(request.url()) && new URL(request.url()).origin !== origin) troubles.push("left the origin: " + request.url());
  });
  context.on("requestfailed", request => {
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") troubles.push(`failed: ${request.url()} ${why}`); // aborted is what leaving a page does
  });
  context.on("response", answer => { if (answer.status() >= 400) troubles.push(`${answer.status()}: ${answer.url()}`); });
}

// A Scene is what a test plays on: a sandbox, and windows on it.
class Scene {
  constructor(t, sandbox) {
    Object.assign(this, { t, sandbox, contexts: [], troubles: [], expected: [] });
  }

  // window opens the page for a person in a window of its own. With guide the guided start is open, as for a newcomer.
  async window({ at = "/#ana/outreach", guide = false, width = 1280, height = 800, theme = "light", ...more } = {}) {
    const context = await (await opened()).newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: "reduce", locale: "en-GB", timezoneId: "UTC", ...more });
    this.contexts.push(context);
    context.setDefaultTimeout(patience);
    watch(context, this.sandbox.url, this.troubles, this.requests = []);
    if (!guide) await context.addInitScript(() => { if (location.protocol === "http:") localStorage.getItem("paceline.guide") ?? localStorage.setItem("paceline.guide", JSON.stringify({ done: [], week: 0, away: true })); });
    const page = await context.newPage();
    await page.goto(this.sandbox.url + at);
    await ready(page);
    return page;
  }

  // expect says that a trouble like this is part of the test.
  expect(like) { this.expected.push(like); }

  unexpected() { return this.troubles.filter(trouble => !this.expected.some(like => like.test(trouble))); }

  async end() {
    const unexpected = this.unexpected(); // closing may fail what was under way
    await Promise.all(this.contexts.map(context => context.close()));
    await this.sandbox.stop();
    return unexpected;
  }
}

// ready waits until a page of the sandbox is drawn.
export async function ready(page) {
  await page.locator("html.ready, body[data-drawn]").waitFor({ state: "attached" });
}

// scene is a test on a stage.
export function scene(name, play, options = {}) {
  test(name, { timeout: 600_000 }, async t => {
    const s = new Scene(t, await new Sandbox(options).start());
    try {
      await play(s);
      assert.deepEqual(s.unexpected(), [], "the page complained");
    } catch (error) {
      await keep(s, name);
      throw error;
    } finally {
      await s.end();
    }
  });
}

// keep takes a picture of what stood there when a test failed.
async function keep(s, name) {
  if (!process.env.SHOTS) return;
  const pages = s.contexts.flatMap(c => c.pages());
  for (const [i, page] of pages.entries()) {
    const path = `${process.env.SHOTS}/failed-${name.replace(/\W+/g, "-")}-${i}.png`;
    await page.screenshot({ path }).catch(() => {});
    s.t.diagnostic("picture: " + path);
  }
}
