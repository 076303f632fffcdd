// What axe says about a page as it stands.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

// violations are axe's findings. A frame, which is the phone's page, is looked at by itself, since it has the landmarks of
// the page around it; the heading of the whole is the other's.
export async function violations(page) {
  const all = [];
  for (const frame of page.frames()) {
    await frame.evaluate(source);
    const rules = { "page-has-heading-one": { enabled: frame === page.mainFrame() } };
    const found = await frame.evaluate(options => axe.run(document, options), { iframes: false, resultTypes: ["violations"], runOnly: tags, rules });
    for (const v of found.violations) all.push(...v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${n.html.slice(0, 140)}: ${n.any[0]?.message ?? v.help}`));
  }
  return all;
}
