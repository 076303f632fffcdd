// Text objects: Slack's mrkdwn and plain text, into nodes.
import { el, link, lines } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { dated, exactly } from "./dates.js";

// drawText draws a text object, or a bare string as mrkdwn unless told otherwise.
export function drawText(text, ctx, { mrkdwn = true } = {}) {
  const out = document.createDocumentFragment();
  if (text === null || text === undefined) return out;
  const given = typeof text === "string" ? { type: mrkdwn ? "mrkdwn" : "plain_text", text } : text;
  if (typeof given.text !== "string") throw new Error("a text object without text");
  if (given.type === "mrkdwn") out.append(...passages(given.text, { ...ctx, verbatim: given.verbatim === true }));
  else out.append(...lines(given.text, s => (given.emoji === false ? [s] : emojis(s))));
  return out;
}

// unescape turns Slack's three entities into what they stand for.
export const unescape = text => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

// emojis replaces the :names: that are known.
export function emojis(text) {
  const out = [];
  let last = 0;
  for (const m of text.matchAll(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/gi)) {
    const found = emojiOf(m[1]);
    if (!found || m.index < last) continue;
    out.push(text.slice(last, m.index), emojiNode(m[1], found));
    last = m.index + m[0].length;
  }
  out.push(text.slice(last));
  return out.filter(s => s !== "");
}

export function emojiNode(name, found = emojiOf(name)) {
  return found
    ? el("span", { class: "bk-emoji", role: "img", "aria-label": name.replace(/[_-]/g, " ") + " emoji", title: ":" + name + ":" }, found)
    : ":" + name + ":";
}

// passages splits text into code, quotes, items and plain lines.
function passages(text, ctx) {
  const out = [];
  const parts = text.split("```");
  for (let i = 0; i < parts.length; i++) {
    const code = i % 2 === 1;
    if (code && i === parts.length - 1)
      out.push(...inline("```" + parts[i], ctx)); // never closed
    else if (code && parts[i].trim()) out.push(el("pre", { class: "bk-pre" }, preformatted(parts[i].replace(/^\n/, "").replace(/\n$/, ""), ctx)));
    else if (!code) out.push(...ordinary(parts[i].replace(i ? /^\n/ : /^$/, "").replace(i < parts.length - 1 ? /\n$/ : /^$/, ""), ctx));
  }
  return out;
}

// preformatted text keeps its links, and nothing else.
function preformatted(text, ctx) {
  const out = [];
  let last = 0;
  for (const m of text.matchAll(/<([^<>\n]+)>/g)) {
    out.push(unescape(text.slice(last, m.index)), angle(m[1], ctx));
    last = m.index + m[0].length;
  }
  out.push(unescape(text.slice(last)));
  return out;
}

const quoted = /^(?:&gt;|>) ?/,
  item = /^(\s*)([•◦▪‣]|-|\d{1,3}\.) +(?=\S)/;

function ordinary(text, ctx) {
  if (!text) return [];
  const out = [],
    all = text.split("\n");
  let run = [];
  const flush = () => {
    if (run.length) out.push(...run.flatMap((line, i) => [i ? el("br") : "", ...inline(line, ctx)]).filter(n => n !== ""));
    run = [];
  };
  for (let i = 0; i < all.length; i++) {
    const whole = /^(?:&gt;|>){3} ?/.exec(all[i]);
    if (whole) {
      flush();
      out.push(el("blockquote", { class: "bk-quote" }, ordinary([all[i].slice(whole[0].length), ...all.slice(i + 1)].join("\n"), ctx)));
      return out;
    }
    if (quoted.test(all[i])) {
      flush();
      const inside = [];
      for (; i < all.length && quoted.test(all[i]); i++) inside.push(all[i].replace(quoted, ""));
      i--;
      out.push(el("blockquote", { class: "bk-quote" }, ordinary(inside.join("\n"), ctx)));
    } else if (item.test(all[i])) {
      flush();
      const [whole, indent, mark] = item.exec(all[i]);
      out.push(
        el(
          "div",
          { class: "bk-item", style: { "--depth": Math.min(4, Math.floor(indent.length / 2)) } },
          el("span", { class: "bk-mark" }, mark + " "),
          el("span", {}, inline(all[i].slice(whole.length), ctx)),
        ),
      );
    } else if (all[i] === "" && !run.length && out.length && i < all.length - 1) {
      out.push(el("div", { class: "bk-gap" }));
    } else run.push(all[i]);
  }
  if (run.length === 1 && run[0] === "" && out.length) run = [];
  flush();
  return out;
}

// A style's sign stands at the edge of a word, and what it holds may have links in it.
const unit = sign => `(?:<[^<>\\n]+>|[^${sign}\\n<]|<(?![^<>\\n]+>))`;
const style = sign => `(?<![\\p{L}\\p{N}${sign}])[${sign}](?=\\S)(${unit(sign)}+?)(?<=\\S)[${sign}](?![\\p{L}\\p{N}])`;
const pattern = new RegExp(
  "`([^`\\n]+)`|<([^<>\\n]+)>|" + [..."*_~"].map(style).join("|") + "|(https?:\\/\\/[^\\s<>|]*[^\\s<>|.,;:!?)\\]'\"])",
  "gu",
);

// inline draws one line's mrkdwn.
function inline(text, ctx) {
  const out = [];
  let last = 0;
  for (const m of text.matchAll(pattern)) {
    out.push(...emojis(unescape(text.slice(last, m.index))));
    last = m.index + m[0].length;
    const [all, code, inner, bold, italic, strike, bare] = m;
    if (code !== undefined) out.push(el("code", { class: "bk-code" }, unescape(code)));
    else if (inner !== undefined) out.push(angle(inner, ctx));
    else if (bold !== undefined) out.push(el("strong", {}, inline(bold, ctx)));
    else if (italic !== undefined) out.push(el("em", {}, inline(italic, ctx)));
    else if (strike !== undefined) out.push(el("s", {}, inline(strike, ctx)));
    else out.push(ctx.verbatim ? unescape(all) : link(unescape(bare)));
  }
  out.push(...emojis(unescape(text.slice(last))));
  return out;
}

// angle draws what stands between < and >: a mention, a date, or a link.
export function angle(inner, ctx) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar),
    label = bar < 0 ? "" : unescape(inner.slice(bar + 1));
  if (target.startsWith("@")) return person(target.slice(1), ctx, label);
  if (target.startsWith("#")) return channel(target.slice(1), ctx, label);
  if (target.startsWith("!date^")) {
    const [, seconds, format, url] = target.split("^");
    return moment(seconds, unescape(format || ""), label, url && unescape(url), ctx);
  }
  if (target.startsWith("!subteam^")) return group(target.slice(9), label);
  if (target.startsWith("!")) return broadcast(label || target.slice(1).split("^")[0]);
  if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return "<" + unescape(inner) + ">"; // no address: it is what it is
  return link(unescape(target), ...(label ? emojis(label) : []));
}

const mention = (kind, text, title) => el("span", { class: "bk-mention bk-" + kind, title }, text);

export function person(id, ctx, label = "") {
  const p = ctx.people && ctx.people.get(id);
  return mention("person", "@" + (p ? p.name : label.replace(/^@/, "") || id), p ? p.real_name : id);
}

export function channel(id, ctx, label = "") {
  const c = ctx.channels && ctx.channels.get(id);
  return mention("channel", "#" + (c ? c.name : label.replace(/^#/, "") || id), id);
}

export const group = (id, label = "") => mention("group", "@" + (label.replace(/^@/, "") || id), "user group " + id);

export const broadcast = range => mention("broadcast", "@" + String(range).replace(/^@/, ""), "everybody here");

export function moment(seconds, format, fallback, url, ctx) {
  const shown = dated(seconds, format, fallback, ctx);
  if (url) return link(url, shown);
  const ms = Number(seconds) * 1000;
  return el(
    "time",
    {
      class: "bk-time",
      title: exactly(seconds, ctx),
      datetime: Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : undefined,
    },
    shown,
  );
}
