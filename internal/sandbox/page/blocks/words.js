// The words of what was drawn.

const broad = new Set([
  "DIV",
  "SECTION",
  "ARTICLE",
  "P",
  "UL",
  "OL",
  "LI",
  "TABLE",
  "CAPTION",
  "TR",
  "PRE",
  "BLOCKQUOTE",
  "FIGURE",
  "FIGCAPTION",
  "DETAILS",
  "SUMMARY",
  "HR",
  "LABEL",
  "HEADER",
  "H2",
  "H3",
  "H4",
  "H5",
  "H6",
]);

// wordsOf is what can be read in a node: a line for each line, [buttons] and [inputs] in brackets.
export function wordsOf(root) {
  let text = "";
  const newline = () => {
    if (text && !text.endsWith("\n")) text = text.replace(/[ \t]+$/, "") + "\n";
  };
  const say = (words, kept) => {
    const next = kept ? words : words.replace(/[ \t\r\n]+/g, " ");
    text += !kept && next.startsWith(" ") && (!text || /[\s]$/.test(text)) ? next.slice(1) : next;
  };
  const walk = (node, kept) => {
    if (node.nodeType === Node.TEXT_NODE) {
      say(node.data, kept);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches("[aria-hidden=true], [hidden], .bk-popup, [data-words=skip]")) return;
    if (node.dataset.words !== undefined) {
      say(node.dataset.words);
      return;
    }
    switch (node.tagName) {
      case "BR":
        text += "\n";
        return;
      case "svg":
      case "SVG":
        return;
      case "HR":
        newline();
        text += "---\n";
        return;
      case "IMG":
        say("[picture: " + node.alt + "]");
        return;
      case "INPUT":
      case "TEXTAREA":
        if (node.type === "checkbox") say(node.checked ? "[x] " : "[ ] ");
        else if (node.type === "radio") say(node.checked ? "(x) " : "( ) ");
        else if (node.type === "file") say("[files] ");
        else say("[" + (node.value || node.placeholder || "") + "] ");
        return;
      case "BUTTON":
      case "A":
        if ((node.tagName === "BUTTON" && !node.closest("th")) || node.matches(".bk-btn")) {
          say("[" + ((node.querySelector(".bk-icon") && node.getAttribute("aria-label")) || words(node)) + "] ");
          return;
        }
    }
    if (node.tagName === "TR") {
      newline();
      text += [...node.cells].map(c => wordsOf(c).replace(/\s+/g, " ")).join(" | ");
      newline();
      return;
    }
    if (node.matches(".bk-combo")) {
      const input = node.querySelector("input"),
        chips = [...node.querySelectorAll(".bk-chip bdi")].map(words);
      say("[" + (chips.join(", ") || input.value || input.placeholder) + "] ");
      return;
    }
    if (node.matches(".bk-noimg")) {
      say("[picture: " + node.getAttribute("aria-label") + "] ");
      return;
    }
    if (node.matches(".bk-desc")) say(", ");
    const own = broad.has(node.tagName),
      pre = kept || node.tagName === "PRE" || node.matches(".bk-run");
    if (own) newline();
    if (node.tagName === "LI" && !node.matches(".bk-task, .bk-tasks > *, .bk-files > *")) {
      say(node.parentElement.tagName === "OL" ? node.parentElement.start + [...node.parentElement.children].indexOf(node) + ". " : "• ");
    }
    for (const child of node.childNodes) walk(child, pre);
    if (node.matches(".bk-context > *")) say(" ");
    if (own) newline();
  };
  const words = node => node.textContent.replace(/ ↗$/, "").trim();
  walk(root, false);
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
