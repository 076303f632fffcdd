import { svg } from "./dom.js";

const written = n => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }).format(n);

// pie draws segments as slices, the first at twelve o'clock, with their names and numbers beside or below.
export function pie({ width, told }, segments) {
  const total = segments.reduce((sum, s) => sum + Math.max(0, Number(s.value) || 0), 0) || 1;
  const beside = width >= 360,
    r = Math.min(92, beside ? width * 0.28 : width * 0.4),
    cx = beside ? r + 8 : width / 2,
    cy = r + 8;
  const high = beside ? Math.max(2 * r + 16, segments.length * 24 + 16) : 2 * r + 24 + segments.length * 24;
  const out = svg("svg", { class: "bk-plot", viewBox: `0 0 ${width} ${high}`, width, height: high });
  let from = 0;
  segments.forEach((s, i) => {
    const part = Math.max(0, Number(s.value) || 0) / total,
      to = from + part;
    const at = turn => [cx + r * Math.sin(turn * 2 * Math.PI), cy - r * Math.cos(turn * 2 * Math.PI)].map(n => n.toFixed(2)).join(" ");
    const slice =
      part > 0.9999 ? svg("circle", { cx, cy, r }) : svg("path", { d: `M${cx} ${cy}L${at(from)}A${r} ${r} 0 ${part > 0.5 ? 1 : 0} 1 ${at(to)}z` });
    slice.setAttribute("class", "bk-slice bk-c" + (i % 6));
    const words = [s.label, written(s.value) + " of " + written(total) + " (" + Math.round(part * 100) + " %)"];
    told(slice, words);
    const y = beside ? (high - segments.length * 24) / 2 + i * 24 + 12 : 2 * r + 32 + i * 24,
      x = beside ? 2 * r + 36 : 12;
    out.append(
      slice,
      svg("rect", { class: "bk-key bk-c" + (i % 6), x, y: y - 6, width: 12, height: 12, rx: 3 }),
      svg("text", { x: x + 20, y: y + 4, class: "bk-key-text" }, s.label),
      svg("text", { x: Math.min(width - 8, x + 230), y: y + 4, "text-anchor": "end", class: "bk-key-value" }, written(s.value)),
    );
    from = to;
  });
  return out;
}
