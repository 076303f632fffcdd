// Charts: bars, lines, areas and pies, each with its numbers as a table.
import { el, list, svg, uid } from "./dom.js";
import { pie } from "./pie.js";

export const written = n => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }).format(n);

export function chart(b, ctx) {
  const c = b.chart || {};
  if (c.type === "pie")
    return framed(
      b,
      ["", "Value"],
      list(c.segments).map(s => [s.label, s.value]),
      plot => pie(plot, list(c.segments)),
    );
  if (!["bar", "line", "area"].includes(c.type)) throw new Error("a chart of the type " + c.type);
  const names = list(c.axis_config && c.axis_config.categories).map(String),
    series = list(c.series);
  const data = series.map(s =>
    names.map(n => {
      const point = list(s.data).find(p => p.label === n);
      return point ? Number(point.value) : null;
    }),
  );
  const rows = names.map((n, i) => [n, ...data.map(d => d[i])]);
  return framed(
    b,
    [(c.axis_config && c.axis_config.x_label) || "", ...series.map(s => s.name)],
    rows,
    plot => axes(plot, c, names, series, data),
    series.length > 1 ? series.map(s => s.name) : [],
  );
}

// framed puts a plot into a figure with its title, its legend and its table.
function framed(b, head, rows, draw, legend = []) {
  const title = uid("bk-chart"),
    tip = el("div", { class: "bk-tip", hidden: true, "aria-hidden": "true" }),
    stage = el("div", { class: "bk-stage" }, tip);
  const table = el(
    "table",
    { class: "bk-grid" },
    el("caption", { class: "bk-sr", "data-words": "skip" }, String(b.title)),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        head.map((h, i) => el("th", { scope: "col", class: i ? "bk-right" : "" }, h)),
      ),
    ),
    el(
      "tbody",
      {},
      rows.map(r =>
        el(
          "tr",
          {},
          r.map((v, i) =>
            el(i ? "td" : "th", { scope: i ? undefined : "row", class: i ? "bk-right" : "" }, i ? (v === null ? "" : written(v)) : String(v)),
          ),
        ),
      ),
    ),
  );
  const figure = el(
    "figure",
    { class: "bk-chart", "aria-labelledby": title },
    el("figcaption", { id: title }, String(b.title)),
    stage,
    legend.length
      ? el(
          "ul",
          { class: "bk-legend", "aria-hidden": "true" },
          legend.map((n, i) => el("li", {}, sign(i), n)),
        )
      : "",
    el(
      "details",
      { class: "bk-twin" },
      el("summary", { "data-words": "" }, "Show the numbers"),
      el("div", { class: "bk-scroll", tabindex: "0", role: "group", "aria-label": "Numbers of " + b.title }, table),
    ),
  );
  let width = 0;
  const redraw = to => {
    width = to;
    stage.querySelector("svg")?.remove();
    const picture = draw({ width, told: tips(stage, tip) });
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", b.title + ": the numbers are in the table below");
    stage.prepend(picture);
  };
  redraw(480);
  new ResizeObserver(all => {
    const to = Math.round(all.at(-1).contentRect.width);
    if (to > 60 && to !== width) requestAnimationFrame(() => redraw(to));
  }).observe(stage);
  return figure;
}

// tips shows lines of words where the pointer is over a part of a plot.
const tips = (stage, tip) => (node, words) => {
  const show = event => {
    const box = stage.getBoundingClientRect();
    tip.replaceChildren(...words.map((w, i) => el("div", { class: i ? "" : "bk-tip-head" }, w)));
    tip.hidden = false;
    const x = event.clientX - box.left,
      y = event.clientY - box.top;
    tip.style.setProperty("left", Math.max(4, Math.min(x + 12, box.width - tip.offsetWidth - 4)) + "px");
    tip.style.setProperty("top", Math.max(0, y - tip.offsetHeight - 10) + "px");
  };
  node.addEventListener("pointermove", show);
  node.addEventListener("pointerdown", show);
  node.addEventListener("pointerleave", () => {
    tip.hidden = true;
  });
};

// A series is told from others by its colour, and by the shape of its sign.
const shapes = [
  (x, y, r) => svg("circle", { cx: x, cy: y, r }),
  (x, y, r) => svg("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r, rx: 1 }),
  (x, y, r) => svg("path", { d: `M${x} ${y - r * 1.25}l${r * 1.2} ${r * 2.2}h${-r * 2.4}z` }),
  (x, y, r) => svg("path", { d: `M${x} ${y - r * 1.35}l${r * 1.35} ${r * 1.35}l${-r * 1.35} ${r * 1.35}l${-r * 1.35} ${-r * 1.35}z` }),
  (x, y, r) => svg("path", { d: `M${x - r} ${y - r * 1.1}h${2 * r}l${-r} ${r * 2.2}z` }),
  (x, y, r) => svg("path", { d: `M${x - r * 1.5} ${y}l${r * 1.5} ${-r * 0.8}l${r * 1.5} ${r * 0.8}l${-r * 1.5} ${r * 0.8}z` }),
];

export const sign = i => svg("svg", { class: "bk-sign bk-c" + (i % 6), viewBox: "0 0 12 12" }, shapes[i % shapes.length](6, 6, 4));

// ticksOf are round numbers from at or below the least to at or above the most.
function ticksOf(least, most) {
  const low = Math.min(0, least),
    high = Math.max(0, most),
    reach = high - low || 1,
    rough = reach / 4;
  const power = 10 ** Math.floor(Math.log10(rough)),
    nice = [1, 2, 2.5, 5, 10].find(n => n * power >= rough - 1e-9) * power;
  const step = Number.isInteger(least) && Number.isInteger(most) ? Math.max(1, Math.round(nice)) : nice;
  const out = [];
  for (let n = Math.floor(low / step + 1e-9); n <= Math.ceil(high / step - 1e-9); n++) out.push(Number((n * step).toPrecision(12)));
  return out.length > 1 ? out : [0, step];
}

const letter = 6.3; // about how wide a letter is at the size of the labels

function axes({ width, told }, c, names, series, data) {
  const values = data.flat().filter(v => v !== null && Number.isFinite(v)),
    ticks = ticksOf(Math.min(...values, 0), Math.max(...values, 0));
  const { x_label: xName, y_label: yName } = c.axis_config || {};
  const least = 12 + Math.max(...ticks.map(t => written(t).length)) * letter + (yName ? 16 : 0),
    right = 12,
    top = 12;
  const wide = (width - least - right) / Math.max(1, names.length),
    first = Math.min(12, (names[0] || "").length) * letter;
  const left = first > wide - 4 ? Math.max(least, first * 0.76 + 4 - wide / 2) : least;
  const band = (width - left - right) / Math.max(1, names.length),
    longest = Math.max(1, ...names.map(n => n.length));
  const slant = longest * letter > band - 4,
    cutAt = slant ? 12 : longest,
    every = slant ? Math.max(1, Math.ceil(16 / band)) : 1;
  const bottom = (slant ? Math.min(longest, cutAt) * letter * 0.72 + 20 : 24) + (xName ? 18 : 0),
    height = Math.max(190, Math.min(260, width * 0.56)) + bottom - 24;
  const [low, high] = [ticks[0], ticks.at(-1)],
    y = v => top + (height - top - bottom) * (1 - (v - low) / (high - low)),
    x = i => left + band * (i + 0.5);
  const out = svg("svg", { class: "bk-plot", viewBox: `0 0 ${width} ${height}`, width, height });
  for (const t of ticks)
    out.append(
      svg("path", { class: t === 0 ? "bk-zero" : "bk-gridline", d: `M${left} ${y(t)}H${width - right}` }),
      svg("text", { x: left - 7, y: y(t) + 4, "text-anchor": "end" }, written(t)),
    );
  names.forEach((n, i) => {
    if (i % every) return;
    const shown = n.length > cutAt ? n.slice(0, cutAt - 1) + "…" : n,
      at = height - bottom + (slant ? 14 : 18);
    out.append(
      slant
        ? svg("text", { x: x(i) + 3, y: at, "text-anchor": "end", transform: `rotate(-42 ${x(i) + 3} ${at})` }, shown)
        : svg("text", { x: x(i), y: at, "text-anchor": "middle" }, shown),
    );
  });
  if (xName) out.append(svg("text", { class: "bk-axis", x: (left + width - right) / 2, y: height - 4, "text-anchor": "middle" }, xName));
  if (yName)
    out.append(
      svg(
        "text",
        {
          class: "bk-axis",
          x: 10,
          y: (top + height - bottom) / 2,
          "text-anchor": "middle",
          transform: `rotate(-90 10 ${(top + height - bottom) / 2})`,
        },
        yName,
      ),
    );
  (c.type === "bar" ? bars : curves)(out, { c, data, x, y, band, names });
  names.forEach((n, i) => {
    const hit = svg("rect", { class: "bk-hit", x: left + band * i, y: top, width: band, height: height - top - bottom });
    told(hit, [n, ...series.map((s, k) => (data[k][i] === null ? "" : s.name + ": " + written(data[k][i]))).filter(Boolean)]);
    out.append(hit);
  });
  return out;
}

function bars(out, { data, x, y, band }) {
  const gap = data.length > 1 ? 2 : 0,
    all = Math.min(band * 0.74, data.length * 56),
    wide = Math.max(1, (all - gap * (data.length - 1)) / data.length);
  data.forEach((values, k) =>
    values.forEach((v, i) => {
      if (v === null) return;
      const from = y(Math.max(0, v)),
        high = Math.max(v ? 1 : 0, Math.abs(y(v) - y(0))),
        r = Math.min(3, wide / 3, high);
      const at = x(i) - all / 2 + k * (wide + gap);
      out.append(
        svg("path", {
          class: "bk-bar bk-c" + (k % 6),
          d:
            v >= 0
              ? `M${at} ${from + high}v${-(high - r)}q0 ${-r} ${r} ${-r}h${wide - 2 * r}q${r} 0 ${r} ${r}v${high - r}z`
              : `M${at} ${from}v${high - r}q0 ${r} ${r} ${r}h${wide - 2 * r}q${r} 0 ${r} ${-r}v${-(high - r)}z`,
        }),
      );
    }),
  );
}

function curves(out, { c, data, x, y }) {
  data.forEach((values, k) => {
    const points = values
      .map((v, i) => [v, i])
      .filter(([v]) => v !== null)
      .map(([v, i]) => [x(i), y(v)]);
    if (!points.length) return;
    const d = "M" + points.map(p => p.map(n => n.toFixed(1)).join(" ")).join("L");
    if (c.type === "area")
      out.append(svg("path", { class: "bk-area bk-c" + (k % 6), d: `${d}L${points.at(-1)[0]} ${y(0)}L${points[0][0]} ${y(0)}z` }));
    out.append(svg("path", { class: "bk-line bk-c" + (k % 6) + " bk-d" + (k % 6), d }));
    for (const [px, py] of points) {
      const mark = shapes[k % shapes.length](px, py, 3.5);
      mark.setAttribute("class", "bk-point bk-c" + (k % 6));
      out.append(mark);
    }
  });
}
