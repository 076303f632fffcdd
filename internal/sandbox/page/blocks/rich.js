// rich_text: sections, lists, quotes, code, and the runs in them.
import { el, link, list } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { broadcast, channel, emojiNode, group, moment, person } from "./text.js";

// drawRich draws the parts of a rich_text block or cell. Lists that are indented stand inside the item above.
export function drawRich(parts, ctx) {
  const out = [],
    open = []; // open: the lists that the next one may stand in
  for (const part of list(parts)) {
    if (part.type !== "rich_text_list") {
      open.length = 0;
      out.push(drawPart(part, ctx));
      continue;
    }
    const depth = Number(part.indent) || 0;
    while (open.length && open.at(-1).depth >= depth) open.pop();
    const node = drawList(part, depth, ctx);
    const parent = open.length && open.at(-1).node.lastElementChild;
    if (parent) parent.append(node);
    else {
      if (depth) node.style.setProperty("--indent", depth);
      out.push(node);
    }
    open.push({ depth, node });
  }
  return out;
}

const bordered = part => (part.border ? " bk-bordered" : "");

function drawPart(part, ctx) {
  const runs = () => list(part.elements).map(r => drawRun(r, ctx));
  switch (part.type) {
    case "rich_text_section":
      return el("div", { class: "bk-run" }, runs());
    case "rich_text_quote":
      return el("blockquote", { class: "bk-quote bk-run" + bordered(part) }, runs());
    case "rich_text_preformatted":
      return el("pre", { class: "bk-pre" + bordered(part), "data-language": part.language }, runs());
  }
  return strange(part);
}

const kinds = { ordered: ["decimal", "lower-alpha", "lower-roman"], bullet: ["disc", "circle", "square"] };

function drawList(part, depth, ctx) {
  const ordered = part.style === "ordered",
    offset = Number(part.offset) || 0;
  return el(
    ordered ? "ol" : "ul",
    {
      class: "bk-list" + bordered(part),
      start: ordered && offset ? offset + 1 : undefined,
      style: { "list-style-type": kinds[ordered ? "ordered" : "bullet"][depth % 3] },
    },
    list(part.elements).map(item =>
      el(
        "li",
        { class: "bk-run" },
        list(item.elements).map(r => drawRun(r, ctx)),
      ),
    ),
  );
}

function drawRun(run, ctx) {
  const style = run.style || {};
  let node = bare(run, ctx);
  for (const [on, tag] of [
    ["code", "code"],
    ["bold", "strong"],
    ["italic", "em"],
    ["strike", "s"],
    ["underline", "u"],
    ["highlight", "mark"],
    ["client_highlight", "mark"],
  ]) {
    if (style[on] === true) node = el(tag, { class: tag === "code" ? "bk-code" : undefined }, node);
  }
  return node;
}

function bare(run, ctx) {
  switch (run.type) {
    case "text":
      return String(run.text);
    case "link":
      return run.style && run.style.unlink ? String(run.text || run.url) : link(run.url, ...(run.text ? [run.text] : []));
    case "user":
      return person(run.user_id, ctx);
    case "channel":
      return channel(run.channel_id, ctx);
    case "usergroup":
      return group(run.usergroup_id);
    case "broadcast":
      return broadcast(run.range);
    case "emoji": {
      const name = run.name + (run.skin_tone ? "::skin-tone-" + run.skin_tone : "");
      return emojiNode(name, emojiOf(name) || fromHex(run.unicode));
    }
    case "date":
      return moment(run.timestamp, run.format, run.fallback, run.url, ctx);
    case "color":
      return colour(String(run.value));
    case "tag":
      return el("span", { class: "bk-tag" }, String(run.text));
    case "citation":
      return link(run.url, run.text || run.url);
    case "canvas":
    case "file":
    case "list":
    case "workflow":
    case "message":
    case "entity":
      if (run.text) return run.url ? link(run.url, run.text) : el("span", { class: "bk-tag" }, run.text);
  }
  return strange(run);
}

const fromHex = codes => {
  const points = String(codes || "")
    .split("-")
    .map(c => parseInt(c, 16))
    .filter(n => n > 0 && n < 0x110000);
  return points.length ? String.fromCodePoint(...points) : "";
};

function colour(value) {
  const known = /^#[0-9a-f]{3,8}$/i.test(value);
  return el(
    "span",
    { class: "bk-colour" },
    known ? el("span", { class: "bk-swatch", "aria-hidden": "true", style: { background: value } }) : "",
    value,
  );
}

const strange = o => el("span", { class: "bk-odd-run" }, el("b", {}, "not drawn: " + o.type), " ", JSON.stringify(o));
