// The gallery: what the product says and each block there is, drawn at two widths beside their words.
// ?theme=dark, ?width=phone, ?set=every and ?only=table|chart choose what is shown and how.

import { draw, drawText, plain, read, showErrors } from "./blocks/index.js";
import { el, plainOf } from "./blocks/dom.js";
import { wordsOf } from "./blocks/words.js";

const asked = new URLSearchParams(location.search),
  shown = document.getElementById("shown"),
  said = document.getElementById("said");
const choose = {
  theme: asked.get("theme") || "system",
  width: asked.get("width") || "both",
  set: asked.get("set") || "all",
  only: asked.get("only") || "",
};

const fetched = async file => {
  const answer = await fetch("/page/gallery/" + file);
  if (!answer.ok) throw new Error(file + ": " + answer.status);
  return answer.json();
};

const index = await fetched("index.json");
const sets = await Promise.all(
  index.sets.map(async s => ({ ...s, items: await Promise.all(s.files.map(async file => ({ file, ...(await fetched(file)) }))) })),
);

let hush = 0;
function say(text) {
  said.textContent = text;
  clearTimeout(hush);
  hush = setTimeout(() => {
    said.textContent = "";
  }, 4000);
}

const context = surface => ({
  surface,
  zone: index.zone,
  now: () => new Date(index.now),
  people: new Map(index.people.map(p => [p.id, p])),
  channels: new Map(index.channels.map(c => [c.id, c])),
  press: target =>
    new Promise(done =>
      setTimeout(() => {
        say("Pressed " + JSON.stringify(target));
        done();
      }, 350),
    ),
});

// surface draws an item as it stands in a message, in a modal or in Home.
function surface(item) {
  const ctx = context(item.surface),
    blocks = item.view ? item.view.blocks : item.blocks;
  if (item.surface !== "modal")
    return el(
      "div",
      { class: "gal-surface" },
      blocks && blocks.length ? draw(blocks, ctx) : el("div", { class: "bk bk-text" }, drawText(item.text, ctx, { mrkdwn: true })),
    );
  const body = el("div", {}, draw(blocks, ctx));
  const check = () => {
    const found = read(body),
      told = { ...item.errors };
    for (const id of found.missing) told[id] ||= "Please complete this required field.";
    showErrors(body, told);
    say(Object.keys(told).length ? "Not sent: " + Object.keys(told).length + " to mend" : "Sent " + JSON.stringify(found.values));
  };
  if (item.errors) showErrors(body, item.errors, { focus: false });
  return el(
    "div",
    { class: "gal-surface gal-modal bk" },
    el("div", { class: "gal-title" }, plainOf(item.view.title)),
    body,
    el(
      "div",
      { class: "gal-end" },
      el("button", { type: "button", class: "bk-btn" }, plainOf(item.view.close) || "Close"),
      item.view.submit ? el("button", { type: "button", class: "bk-btn bk-main", onclick: check }, plainOf(item.view.submit)) : "",
    ),
  );
}

const pane = (name, kind, ...what) => el("div", { class: "gal-pane " + kind }, el("h4", {}, name), what);

// figures are the numbers in a text, to see whether eyes are told some that ears are not.
const figures = text => new Set(text.replace(/\[[^\]]*\]/g, "").match(/\d+(?:[.,:]\d+)*/g) || []);

function words(item) {
  const ctx = context(item.surface),
    eyes = plain(item.view ? item.view.blocks : item.blocks, ctx);
  if (item.view) return pane("In words", "gal-twin", el("pre", { class: "gal-words" }, eyes));
  const ears = wordsOf(el("div", {}, drawText(item.text, ctx, { mrkdwn: true }))),
    told = figures(ears);
  const untold = [...figures(eyes)].filter(n => !told.has(n));
  return pane(
    "Its plain-text twin",
    "gal-twin",
    el("pre", { class: "gal-words" }, ears),
    el("h4", {}, "What eyes read"),
    el("pre", { class: "gal-words" }, eyes || ears),
    item.file.includes("/") || !untold.length ? "" : el("p", { class: "gal-note" }, "Numbers that only eyes are told: " + untold.join(", ")),
  );
}

function drawItem(item) {
  const panes = [];
  if (choose.width !== "phone") panes.push(pane("Desktop", "gal-desktop", surface(item)));
  if (choose.width !== "desktop") panes.push(pane("Phone", "gal-phone", surface(item)));
  return el(
    "article",
    { class: "gal-item", id: item.file.replace(/\W/g, "-"), "data-name": item.name },
    el("h3", {}, item.name, el("span", {}, item.surface)),
    el("div", { class: "gal-row", "data-width": choose.width }, panes, words(item)),
  );
}

function show() {
  if (choose.theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choose.theme;
  document.documentElement.style.colorScheme = choose.theme === "system" ? "" : choose.theme;
  const wanted = choose.only.toLowerCase().split("|"),
    fits = item => wanted.some(w => item.name.toLowerCase().includes(w));
  shown.replaceChildren(
    ...sets
      .filter(s => choose.set === "all" || choose.set === s.name)
      .map(s => {
        const items = s.items.filter(fits);
        return items.length ? el("section", { class: "gal-set" }, el("h2", {}, s.title), items.map(drawItem)) : "";
      })
      .filter(Boolean),
  );
  document.body.dataset.drawn = "yes";
}

const pick = (name, label, options) =>
  el(
    "label",
    {},
    label,
    el(
      "select",
      {
        onchange: event => {
          choose[name] = event.target.value;
          show();
        },
      },
      options.map(([value, text]) => el("option", { value, selected: choose[name] === value }, text)),
    ),
  );

document.getElementById("tools").append(
  pick("theme", "Colours", [
    ["system", "As the system"],
    ["light", "Light"],
    ["dark", "Dark"],
  ]),
  pick("width", "Width", [
    ["both", "Both"],
    ["desktop", "Desktop"],
    ["phone", "Phone"],
  ]),
  pick("set", "Which", [["all", "All"], ...index.sets.map(s => [s.name, s.title])]),
  pick("only", "One", [["", "All of them"], ...sets.flatMap(s => s.items.map(i => [i.name, i.name]))]),
);
document.getElementById("tools").addEventListener("submit", event => event.preventDefault());
show();
