// Tables: the plain one, and the one that can be sorted and has pages.
import { el, icon, list, uid } from "./dom.js";
import { emojis } from "./text.js";
import { drawRich } from "./rich.js";
import { drawElement } from "./elements.js";
import { odd } from "./odd.js";
import { wordsOf } from "./words.js";

// drawCell draws what stands in one cell; an empty one is null.
function drawCell(cell, block, ctx) {
  switch (cell && cell.type) {
    case undefined:
    case null:
      return [];
    case "raw_text":
      return [
        el(
          "bdi",
          {},
          String(cell.text)
            .split("\n")
            .flatMap((s, i) => [i ? el("br") : "", ...emojis(s)]),
        ),
      ];
    case "raw_number":
      return [cell.text !== undefined ? String(cell.text) : new Intl.NumberFormat("en-GB").format(cell.value)];
    case "rich_text":
      return drawRich(cell.elements, ctx);
    case "action_cell":
      return [drawElement(cell.element, block, ctx)];
  }
  return [odd(cell, "not drawn: " + cell.type, "span")];
}

// scrolled is a table that scrolls sideways where there is no room for it.
const scrolled = (table, name) => el("div", { class: "bk-scroll", tabindex: "0", role: "group", "aria-label": name }, table);

export function table(b, ctx) {
  const settings = list(b.column_settings);
  const kind = i => {
    const s = settings[i] || {};
    return "bk-" + (s.align || "left") + (s.is_wrapped ? " bk-wrapped" : "");
  };
  const [head, ...rows] = list(b.rows);
  const line = (row, tag) =>
    el(
      "tr",
      {},
      list(row).map((c, i) => el(tag, { class: kind(i), scope: tag === "th" ? "col" : undefined }, drawCell(c, b, ctx))),
    );
  return el(
    "div",
    {},
    scrolled(
      el(
        "table",
        { class: "bk-grid" },
        el("thead", {}, line(head, "th")),
        el(
          "tbody",
          {},
          rows.map(r => line(r, "td")),
        ),
      ),
      "Table",
    ),
  );
}

// worth is what a cell counts when its column is sorted: a number, a moment, or words.
function worth(cell, ctx) {
  if (!cell) return "";
  if (cell.type === "raw_number") return Number(cell.value);
  if (cell.type === "rich_text") {
    const date = list(cell.elements)
      .flatMap(p => list(p.elements))
      .find(r => r.type === "date");
    if (date) return Number(date.timestamp);
  }
  const words =
    cell.type === "action_cell"
      ? String(cell.element && cell.element.text && cell.element.text.text)
      : wordsOf(el("span", {}, drawCell(cell, {}, ctx)));
  return asNumber(words);
}

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

// asNumber reads words that are a date such as 2026-11-24 or 24 Nov 2026, or a number such as 1,200 or 40 %.
function asNumber(words) {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?/.exec(words);
  if (iso) return Date.UTC(iso[1], iso[2] - 1, iso[3], iso[4] || 0, iso[5] || 0) / 1000;
  const said = /^(?:[a-z]{3,9},? )?(\d{1,2}) ([a-z]{3})[a-z]*\.?(?: (\d{4}))?(?:,? (\d\d):(\d\d))?$/i.exec(words);
  const month = said ? months.indexOf(said[2].toLowerCase()) : -1;
  if (month >= 0) return Date.UTC(said[3] || 2000, month, said[1], said[4] || 0, said[5] || 0) / 1000;
  const number = /^[-−+]?[\d,]*\.?\d+ ?%?$/.test(words) ? Number(words.replace(/[, %]/g, "").replace("−", "-")) : NaN;
  return Number.isNaN(number) ? words : number;
}

const order = (a, b) => {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (a === "" || b === "") return a === "" ? (b === "" ? 0 : 1) : -1;
  return String(a).localeCompare(String(b), "en", { numeric: true, sensitivity: "base" });
};

export function dataTable(b, ctx) {
  const [head, ...rows] = list(b.rows),
    size = Math.max(1, Number(b.page_size) || 5),
    rowHead = Number(b.row_header_column_index) || 0;
  if (!head) throw new Error("no rows");
  const numeric = head.map((_, i) => rows.length > 0 && rows.every(r => r[i] && r[i].type === "raw_number"));
  const pages = Math.max(1, Math.ceil(rows.length / size)),
    caption = uid("bk-caption");
  let sorted = rows,
    by = -1,
    falling = false,
    page = 0;
  const body = el("tbody"),
    status = el("span", { class: "bk-quiet", role: "status" });
  const buttons = i => rows.length > 0 && rows.every(r => !r[i] || r[i].type === "action_cell");
  const heads = head.map((c, i) =>
    buttons(i)
      ? el("th", { scope: "col" }, el("span", { class: "bk-sort" }, el("bdi", {}, emojis(String(c.text)))))
      : el(
          "th",
          { scope: "col", "aria-sort": "none", class: numeric[i] ? "bk-right" : "" },
          el(
            "button",
            { type: "button", class: "bk-sort", onclick: () => sort(i) },
            el("bdi", {}, emojis(String(c.text))),
            el("span", { class: "bk-arrow", "aria-hidden": "true" }),
          ),
        ),
  );
  const sort = i => {
    [by, falling] = by !== i ? [i, false] : !falling ? [i, true] : [-1, false];
    const keyed = rows.map((row, n) => ({ row, n, key: by < 0 ? n : worth(row[by], ctx) }));
    keyed.sort((a, z) => (falling && a.key !== "" && z.key !== "" ? -1 : 1) * order(a.key, z.key) || a.n - z.n);
    sorted = keyed.map(k => k.row);
    heads.forEach((h, j) => {
      if (h.ariaSort) h.ariaSort = j !== by ? "none" : falling ? "descending" : "ascending";
    });
    show(0);
  };
  const step = (name, label, by) =>
    el("button", { type: "button", class: "bk-icon-btn", "aria-label": label, onclick: () => show(page + by) }, icon(name));
  const back = step("left", "Previous page", -1),
    on = step("right", "Next page", 1);
  const show = to => {
    page = Math.max(0, Math.min(pages - 1, to));
    const first = page * size,
      some = sorted.slice(first, first + size);
    body.replaceChildren(
      ...some.map(row =>
        el(
          "tr",
          {},
          row.map((c, i) =>
            el(i === rowHead ? "th" : "td", { scope: i === rowHead ? "row" : undefined, class: numeric[i] ? "bk-right" : "" }, drawCell(c, b, ctx)),
          ),
        ),
      ),
    );
    status.textContent = rows.length ? `${first + 1}–${first + some.length} of ${rows.length}` : "No rows";
    for (const [button, end] of [
      [back, page === 0],
      [on, page === pages - 1],
    ]) {
      const had = document.activeElement === button;
      button.disabled = end;
      if (had && end) (end && button === back ? on : back).focus();
    }
  };
  show(0);
  return el(
    "div",
    {},
    el("div", { class: "bk-caption", id: caption }, String(b.caption)),
    scrolled(el("table", { class: "bk-grid bk-data", "aria-labelledby": caption }, el("thead", {}, el("tr", {}, heads)), body), String(b.caption)),
    pages > 1 ? el("div", { class: "bk-pages" }, status, " ", back, on) : "",
  );
}
