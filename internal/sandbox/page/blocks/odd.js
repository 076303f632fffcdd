import { el } from "./dom.js";

// odd shows what could not be drawn: a mark that says why, and all of it as JSON.
export function odd(what, why, tag = "div") {
  return el(
    tag,
    { class: "bk-odd" },
    el("b", {}, why),
    el(tag === "span" ? "code" : "pre", { class: tag === "span" ? "bk-code" : "bk-pre" }, JSON.stringify(what, null, tag === "span" ? 0 : 1)),
  );
}
