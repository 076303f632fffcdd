// What does not fit: a page that scrolls sideways, and controls that stand outside of it or are cut off by what they stand
// in, but for tables and carousels, which scroll.

export const misfits = page => page.evaluate(() => {
  const wide = innerWidth, found = [];
  if (document.scrollingElement.scrollWidth > wide) found.push("the page is " + document.scrollingElement.scrollWidth + " px wide in a window of " + wide);
  for (const node of document.querySelectorAll("button, a, input, select, textarea, h1, h2, h3")) {
    if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || node.closest(".unseen, .skip, .bk-scroll, .bk-carousel, [inert]")) continue;
    const box = node.getBoundingClientRect();
    if (!box.width || (box.right <= 0 || box.left >= wide)) continue; // put away beside the page
    const name = node.tagName + " " + (node.getAttribute("aria-label") || node.textContent).trim().slice(0, 40);
    if (box.left < -1 || box.right > wide + 1) found.push(name + " stands outside");
    for (let outer = node.parentElement; outer; outer = outer.parentElement) {
      if (getComputedStyle(outer).overflowX === "visible") continue;
      const edge = outer.getBoundingClientRect();
      if (box.left < edge.left - 1 || box.right > edge.right + 1) found.push(name + " is cut off by " + (outer.id || outer.className));
      break;
    }
    if (/BUTTON|H\d/.test(node.tagName) && getComputedStyle(node).overflowX !== "visible" && node.scrollWidth > node.clientWidth + 1) found.push(name + " is cut off");
  }
  return found;
});
