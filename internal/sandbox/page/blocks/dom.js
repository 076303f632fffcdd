// Making elements. Data only ever becomes text or an attribute's value, never markup, and an address is only
// followed when its scheme is harmless.

export function el(name, props = {}, ...children) {
  return fill(document.createElement(name), props, children);
}

export function svg(name, props = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.setAttribute("class", value);
    else if (name.startsWith("on") && typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [k, v] of Object.entries(value)) node.style.setProperty(k, v);
    else if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter(c => c !== null && c !== undefined && c !== false && c !== ""));
  return node;
}

let made = 0;
// uid is an id no other element of the page has.
export const uid = prefix => `${prefix}-${++made}`;

// address returns an address that may be followed, or "" for one that may not (javascript:, data: and all others).
export function address(text) {
  try {
    const url = new URL(String(text).trim());
    return ["http:", "https:", "mailto:", "tel:", "slack:"].includes(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

export function link(url, ...label) {
  const href = address(url);
  const shown = label.length ? label : [String(url).replace(/^mailto:/i, "")];
  if (!href) return el("span", { class: "bk-dead", title: "This address is not followed: " + url }, shown);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, shown);
}

// lines puts text into nodes, with a line break at each newline.
export function lines(text, draw = s => [s]) {
  return String(text)
    .split("\n")
    .flatMap((line, i) => [i ? el("br") : "", line ? draw(line) : ""])
    .flat();
}

// plainOf is the bare text of a text object.
export const plainOf = t => (typeof t === "string" ? t : t && typeof t.text === "string" ? t.text : "");

export const list = v => (Array.isArray(v) ? v : []);

const paths = {
  trash: "M5 7h14M10 4h4M7 7l1 13h8l1-13M10 11v5M14 11v5",
  up: "M7 11v9H4v-9zM7 11l4-7c1.5 0 2.4 1 2 2.6L12.5 10H18c1.3 0 2.2 1.2 1.8 2.5l-1.9 6c-.3.9-1 1.5-2 1.5H7",
  down: "M17 13V4h3v9zM17 13l-4 7c-1.5 0-2.4-1-2-2.6l.5-3.4H6c-1.3 0-2.2-1.2-1.8-2.5l1.9-6C6.4 4.6 7.1 4 8.1 4H17",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01",
  file: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  play: "M8 5l11 7-11 7z",
  phone: "M6 4h4l1.5 4.5-2 1.5c1 2 2.5 3.5 4.5 4.5l1.5-2L20 14v4c0 1.1-.9 2-2 2C11 20 4 13 4 6c0-1.1.900-2 2-2",
  chevron: "M7 10l5 5 5-5",
  left: "M14 7l-5 5 5 5",
  right: "M10 7l5 5-5 5",
  close: "M7 7l10 10M17 7L7 17",
  check: "M5 12.5l4.5 4.5L19 7.5",
  info: "M12 11v6M12 7.5h.01M12 21a9 9 0 100-18 9 9 0 000 18",
  warning: "M12 9v5M12 17h.01M12 3.5L2.5 20h19z",
  error: "M12 7.5v5.5M12 16.5h.01M8 3h8l5 5v8l-5 5H8l-5-5V8z",
  success: "M8 12.5l2.8 2.8L16 9.5M12 21a9 9 0 100-18 9 9 0 000 18",
  default: "M6 10a6 6 0 1112 0c0 5 2 6 2 7H4c0-1 2-2 2-7M10 20h4",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  clock: "M12 7v5l3 2M12 21a9 9 0 100-18 9 9 0 000 18",
  link: "M10 14l4-4M8.5 11.5L6 14a3 3 0 004 4l2.5-2.5M15.5 12.5L18 10a3 3 0 00-4-4l-2.5 2.5",
};

// icon is a small picture that says nothing to a screen reader.
export function icon(name, extra = "") {
  return svg(
    "svg",
    { class: "bk-icon " + extra, viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: paths[name] || paths.default }),
  );
}
