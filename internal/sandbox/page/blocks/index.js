// Block Kit, drawn. Each block and each element is drawn by one function; what is unknown, or fails, is shown
// as its JSON with a mark. ctx is {surface, zone, now, people, channels, press} and, for a view that was filled
// in before, state: Slack's view.state.values.
//
// Drawn by our own code, without a library: charts and markdown are a page of code each, a library for either is
// larger than all of this and comes with a build or with styles that the page's policy forbids. A kind of chart or
// a piece of markdown that takes more than a page would change our mind.
import { el, list, plainOf, uid } from "./dom.js";
import { drawText, emojis } from "./text.js";
import { drawRich } from "./rich.js";
import { drawMarkdown } from "./markdown.js";
import { drawElement } from "./elements.js";
import { dataTable, table } from "./table.js";
import { chart } from "./chart.js";
import { picture } from "./picture.js";
import { panels } from "./panels.js";
import { odd } from "./odd.js";
import { wordsOf } from "./words.js";

export { read, showErrors } from "./fields.js";
export { drawText };

// draw draws the blocks of a message or a view.
export function draw(blocks, ctx) {
  return el(
    "div",
    { class: "bk blocks bk-on-" + (ctx.surface || "message") },
    list(blocks).map(b => drawBlock(b, ctx)),
  );
}

// plain is what eyes read, as text: a line for each line, buttons and inputs in brackets.
export const plain = (blocks, ctx) => wordsOf(draw(blocks, ctx));

// drawBlock draws one block, wherever it stands.
function drawBlock(block, ctx) {
  const kind = block && block.type,
    drawer = Object.hasOwn(drawers, kind) ? drawers[kind] : null;
  let node;
  try {
    node = drawer ? drawer(block, ctx, drawBlock) : odd(block, "not drawn: " + kind);
  } catch (why) {
    node = odd(block, "not drawn: " + kind + ", " + why.message);
  }
  node.classList.add("bk-block");
  if (!node.matches(".bk-odd")) node.classList.add("bk-" + kind);
  if (block && block.block_id) node.setAttribute("data-block-id", block.block_id);
  return node;
}

const drawers = {
  section,
  context,
  actions,
  input,
  header: (b, ctx) =>
    el(
      "div",
      { role: "heading", "aria-level": (Number(b.level) || 1) + 2, class: "bk-h" + (Number(b.level) || 1) },
      drawText(b.text, ctx, { mrkdwn: false }),
    ),
  divider: () => el("hr"),
  context_actions: actions,
  rich_text: (b, ctx) => el("div", { class: "bk-text" }, drawRich(b.elements, ctx)),
  markdown: (b, ctx) => el("div", { class: "bk-text" }, drawMarkdown(String(b.text), ctx)),
  image: (b, ctx) => el("figure", {}, b.title ? el("figcaption", {}, drawText(b.title, ctx, { mrkdwn: false })) : "", picture(b, ctx, "bk-wide")),
  table,
  data_table: dataTable,
  data_visualization: chart,
  ...panels,
};

// A text longer than this is cut in a message, with a button to see the rest, unless its block says expand.
const long = 1200;

function section(b, ctx) {
  if (!b.text && !b.fields) throw new Error("neither text nor fields");
  const text = b.text ? el("div", { class: "bk-text" }, drawText(b.text, ctx)) : "";
  const main = el(
    "div",
    { class: "bk-main" },
    text,
    b.fields
      ? el(
          "div",
          { class: "bk-fields" },
          list(b.fields).map(f => el("div", { class: "bk-text" }, drawText(f, ctx))),
        )
      : "",
  );
  if (text && !b.expand && ctx.surface === "message" && plainOf(b.text).length > long) {
    text.classList.add("bk-clamped");
    text.id = uid("bk-more");
    const more = el(
      "button",
      {
        type: "button",
        class: "bk-link",
        "aria-expanded": "false",
        "aria-controls": text.id,
        onclick: () => {
          const closed = text.classList.toggle("bk-clamped");
          more.setAttribute("aria-expanded", String(!closed));
          more.textContent = closed ? "See more" : "See less";
        },
      },
      "See more",
    );
    text.after(more);
  }
  return el("div", {}, main, b.accessory ? el("div", { class: "bk-accessory" }, drawElement(b.accessory, b, ctx)) : "");
}

function context(b, ctx) {
  return el(
    "div",
    {},
    list(b.elements).map(e => (e.type === "image" ? picture(e, ctx, "bk-dot") : el("span", { class: "bk-text" }, drawText(e, ctx)))),
  );
}

function actions(b, ctx) {
  return el(
    "div",
    {},
    list(b.elements).map(e => drawElement(e, b, ctx)),
  );
}

function input(b, ctx) {
  const label = uid("bk-label"),
    hint = b.hint ? uid("bk-hint") : undefined,
    control = uid("bk-control");
  const group = ["checkboxes", "radio_buttons"].includes(b.element && b.element.type);
  return el(
    "div",
    {},
    el(
      group ? "div" : "label",
      { class: "bk-label", id: label, for: group ? undefined : control },
      emojis(plainOf(b.label)),
      b.optional ? el("span", { class: "bk-quiet" }, " (optional)") : "",
    ),
    drawElement(b.element, b, ctx, { input: true, label, hint, control }),
    b.hint ? el("div", { class: "bk-hint", id: hint }, drawText(b.hint, ctx, { mrkdwn: false })) : "",
  );
}
