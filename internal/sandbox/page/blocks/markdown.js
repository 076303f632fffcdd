// The markdown block: what Slack takes of CommonMark and GitHub's tables, strikes and tasks.
import { el, link } from "./dom.js";
import { angle, emojis } from "./text.js";
import { picture } from "./picture.js";

// drawMarkdown draws a text as a list of nodes.
export const drawMarkdown = (text, ctx) => passages(text.replace(/\r\n?/g, "\n").split("\n"), ctx, 0);

const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)\s*$/,
  heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/,
  rule = /^ {0,3}([-*_])(?: *\1){2,} *$/;
const quote = /^ {0,3}> ?/,
  item = /^( *)([-*+]|\d{1,9}[.)])(?: +(.*)|)$/,
  task = /^\[([ xX])\] +/,
  dashes = /^ *\|?(?: *:?-+:? *\|)+ *:?-*:? *\|?$/;

function passages(lines, ctx, depth) {
  const out = [];
  if (depth > 8) return [el("p", {}, lines.join("\n"))];
  let i = 0;
  const take = fits => {
    const from = i;
    while (i < lines.length && fits(lines[i], i - from)) i++;
    return lines.slice(from, i);
  };
  while (i < lines.length) {
    const line = lines[i],
      fenced = fence.exec(line),
      titled = heading.exec(line);
    if (!line.trim()) i++;
    else if (fenced) {
      i++;
      const code = take(l => !(fence.exec(l) && l.trim().startsWith(fenced[1]) && l.trim() === l.trim()[0].repeat(l.trim().length)));
      i++;
      out.push(el("pre", { class: "bk-pre", "data-language": fenced[2] || undefined }, code.join("\n")));
    } else if (titled) {
      i++;
      out.push(
        el("div", { role: "heading", "aria-level": titled[1].length + 2, class: "bk-h" + Math.min(4, titled[1].length) }, inline(titled[2], ctx)),
      );
    } else if (rule.test(line)) {
      i++;
      out.push(el("hr"));
    } else if (quote.test(line)) {
      out.push(
        el(
          "blockquote",
          { class: "bk-quote" },
          passages(
            take(l => quote.test(l) || (l.trim() && !starts(l))).map(l => l.replace(quote, "")),
            ctx,
            depth + 1,
          ),
        ),
      );
    } else if (item.test(line)) out.push(items(take, lines, () => i, ctx, depth));
    else if (line.includes("|") && dashes.test(lines[i + 1] || ""))
      out.push(
        grid(
          take((l, n) => n < 2 || (l.includes("|") && l.trim() !== "")),
          ctx,
        ),
      );
    else
      out.push(
        el(
          "p",
          {},
          broken(
            take((l, n) => !n || (l.trim() && !starts(l))).map(l => l.trimStart()),
            ctx,
          ),
        ),
      );
  }
  return out;
}

const starts = l => fence.test(l) || heading.test(l) || rule.test(l) || quote.test(l) || item.test(l);

// items takes a list: lines that begin with its kind of mark, and what is indented below them.
function items(take, lines, at, ctx, depth) {
  const [, indent, mark] = item.exec(lines[at()]),
    ordered = /\d/.test(mark),
    all = [];
  const node = el(ordered ? "ol" : "ul", { class: "bk-list", start: ordered && parseInt(mark, 10) !== 1 ? parseInt(mark, 10) : undefined });
  take(l => {
    const m = item.exec(l);
    if (m && m[1].length <= indent.length + 1) {
      if (/\d/.test(m[2]) !== ordered || rule.test(l)) return false;
      all.push([m[3] || ""]);
      return true;
    }
    const blank = !l.trim(),
      deep = l.length - l.trimStart().length > indent.length;
    if (!blank && !deep && (starts(l) || all.at(-1).at(-1) === "")) return false;
    all.at(-1).push(blank ? "" : deep ? l.slice(Math.min(indent.length + mark.length + 1, l.length - l.trimStart().length)) : l);
    return true;
  });
  for (const own of all) {
    const done = task.exec(own[0]);
    if (done) own[0] = own[0].slice(done[0].length);
    const inside = passages(own, ctx, depth + 1),
      tight = inside[0] && inside[0].tagName === "P" ? [...inside.shift().childNodes] : [];
    node.append(
      el(
        "li",
        { class: done ? "bk-task" : undefined },
        done ? el("input", { type: "checkbox", checked: done[1] !== " ", disabled: true, "aria-label": done[1] === " " ? "to do" : "done" }) : "",
        tight,
        inside,
      ),
    );
  }
  return node;
}

function grid(lines, ctx) {
  const cells = l =>
    l
      .trim()
      .replace(/^\||(?<!\\)\|$/g, "")
      .split(/(?<!\\)\|/)
      .map(c => c.trim().replace(/\\\|/g, "|"));
  const [head, marks, ...rows] = lines.map(cells);
  const kind = i => ({ class: "bk-wrapped bk-" + (/^:-*:$/.test(marks[i]) ? "center" : /-:$/.test(marks[i]) ? "right" : "left") });
  const row = (r, tag) =>
    el(
      "tr",
      {},
      head.map((_, i) => el(tag, { ...kind(i), scope: tag === "th" ? "col" : undefined }, inline(r[i] || "", ctx))),
    );
  return el(
    "div",
    { class: "bk-scroll", tabindex: "0", role: "group", "aria-label": "Table" },
    el(
      "table",
      { class: "bk-grid" },
      el("thead", {}, row(head, "th")),
      el(
        "tbody",
        {},
        rows.map(r => row(r, "td")),
      ),
    ),
  );
}

// broken joins the lines of a paragraph; Slack keeps its line breaks.
const broken = (all, ctx) => all.flatMap((l, i) => [i ? el("br") : "", ...inline(l.replace(/(?: {2,}|\\)$/, ""), ctx)]);

const edge = "(?![\\p{L}\\p{N}])",
  before = "(?<![\\p{L}\\p{N}])";
const spans = new RegExp(
  [
    "\\\\([!-/:-@[-`{-~])",
    "(`+)((?:(?!\\2)[^`]|(?!\\2)`+)+?)\\2(?!`)",
    "!\\[([^\\]]*)\\]\\(([^()\\s]+)[^()]*\\)",
    '\\[((?:[^\\[\\]]|\\[[^\\]]*\\])+)\\]\\(<?([^()\\s<>]*(?:\\([^()\\s]*\\))?[^()\\s<>]*)>?(?: +"[^"]*")?\\)',
    "<((?:https?:|mailto:|[@#!])[^<>\\s][^<>]*)>",
    "\\*\\*\\*(?=\\S)(.+?)(?<=\\S)\\*\\*\\*",
    "\\*\\*(?=\\S)(.+?)(?<=\\S)\\*\\*(?!\\*)",
    before + "__(?=\\S)(.+?)(?<=\\S)__" + edge,
    "\\*(?=[^\\s*])([^*]+?)(?<=\\S)\\*",
    before + "_(?=[^\\s_])([^_]+?)(?<=\\S)_" + edge,
    "~~(?=\\S)([^~]+?)(?<=\\S)~~",
    "(https?:\\/\\/[^\\s<>]*[^\\s<>.,;:!?)\\]'\"*_])",
  ].join("|"),
  "gu",
);

function inline(text, ctx) {
  const out = [];
  let last = 0;
  for (const m of text.matchAll(spans)) {
    out.push(...emojis(text.slice(last, m.index)));
    last = m.index + m[0].length;
    const [, escaped, , code, alt, src, label, href, inner, both, bold, bold2, it, it2, strike, bare] = m;
    if (escaped !== undefined) out.push(escaped);
    else if (code !== undefined) out.push(el("code", { class: "bk-code" }, code.replace(/^ (.*) $/, "$1")));
    else if (alt !== undefined) out.push(picture({ alt_text: alt, image_url: src }, ctx, "bk-dot"));
    else if (label !== undefined) out.push(link(href, ...inline(label, ctx)));
    else if (inner !== undefined) out.push(angle(inner, ctx));
    else if (both !== undefined) out.push(el("strong", {}, el("em", {}, inline(both, ctx))));
    else if (bold !== undefined || bold2 !== undefined) out.push(el("strong", {}, inline(bold ?? bold2, ctx)));
    else if (it !== undefined || it2 !== undefined) out.push(el("em", {}, inline(it ?? it2, ctx)));
    else if (strike !== undefined) out.push(el("s", {}, inline(strike, ctx)));
    else out.push(link(bare));
  }
  out.push(...emojis(text.slice(last)));
  return out;
}
