// The words of what was drawn.

const broad = new Set(["DIV", "SECTION", "ARTICLE", "P", "UL", "OL", "LI", "TABLE", "CAPTION", "TR", "PRE", "BLOCKQUOTE", "FIGURE", "FIGCAPTION", "DETAILS", "SUMMARY", "HR", "LABEL", "HEADER", "H2", "H3", "H4", "H5", "H6"]);

// wordsOf is what can be read in a node: a line for each line, [buttons] and [inputs] in brackets.
export function wordsOf(root) {
  let text = "";
  const newline = () => { if (text && !text.endsWith("\n")) text = text.replace(/[ \t]+$/, "") + "\n"; };
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
      case "BR": text += "\n"; return;
      case "svg": case "SVG": return;
      case "HR": newline(); text += "---\n"; return;
      case "IMG": say("[picture: " + node.alt + "]"); return;
      case "INPUT": case "TEXTAREA":
        if (node.type === "checkbox") say(node.checked ? "[x] " : "[ ] ");
        else if (node.type === "radio") say(node.checked ? "(x) " : "( ) ");
        else if (node.type === "file") say("[files]");
        else if (node.value || node.placeholder || !node.matches(".bk-combo-in")) say("[" + (node.value || node.placeholder || "") + "] ");
        return;
      case "BUTTON": case "A":
        if (node.tagName === "BUTTON" && !node.closest("th") || node.matches(".bk-btn")) {
          say("[" + (node.querySelector(".bk-icon") && node.getAttribute("aria-label") || words(node)) + "] ");
          return;
        }
    }
    if (node.matches(".bk-noimg")) {
      say("[picture: " + node.getAttribute("aria-label") + "] ");
      return;
    }
    if (node.matches(".bk-desc")) say(", ");
    const own = broad.has(node.tagName), pre = kept || node.tagName === "PRE" || node.matches(".bk-run");
    if (own) newline();
    for (const child of node.childNodes) walk(child, pre);
    if (node.matches("td, th") && node.nextElementSibling) text = text.trimEnd() + " | ";
    if (node.matches(".bk-context > *, .bk-chip")) say(" ");
    if (own) newline();
  };
  const words = node => node.textContent.replace(/ ↗$/, "").trim();
  walk(root, false);
  return text.replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}
