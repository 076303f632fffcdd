import { address, el, icon, plainOf } from "./dom.js";

// picture draws an image that is part of the page or of the message. One from elsewhere is not fetched: its
// place, its words and its address are shown instead.
export function picture(image, ctx, kind = "") {
  const alt = String(image.alt_text || ""),
    source = String(image.image_url || (image.slack_file && (image.slack_file.url || image.slack_file.id)) || "");
  if (/^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i.test(source) || /^\/page\/[\w./-]+$/.test(source)) {
    return el("img", { class: "bk-img " + kind, src: source, alt, loading: "lazy" });
  }
  const href = address(source),
    small = kind === "bk-thumb" || kind === "bk-dot";
  let host = "";
  try {
    host = href ? new URL(href).host : "";
  } catch {
    /* no address, no host */
  }
  return el(
    "span",
    { class: "bk-noimg " + kind, role: "img", "aria-label": alt, title: alt + (host ? " (from " + host + ", not fetched here)" : "") },
    icon("picture"),
    small ? "" : el("span", { class: "bk-alt" }, alt, host ? el("span", { class: "bk-quiet" }, host) : ""),
  );
}

export const titleOf = block => (block.title ? plainOf(block.title) : "");
