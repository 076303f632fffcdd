// Elements: what stands in a block and can be pressed, chosen from, filled in or looked at.
import { address, el, icon, list, plainOf, uid } from "./dom.js";
import { emojis } from "./text.js";
import { press } from "./press.js";
import { choosers } from "./choose.js";
import { inputs } from "./inputs.js";
import { choices } from "./choices.js";
import { picture } from "./picture.js";
import { odd } from "./odd.js";
import { place } from "./place.js";

// drawElement draws an element of a block. at says how it stands there: {input: true, label, hint} are the
// ids that name it in an input block.
export function drawElement(element, block, ctx, at = {}) {
  const draw = drawers[element && element.type];
  if (!draw) return odd(element, "not drawn: " + (element && element.type), "span");
  try {
    return draw(element, block, ctx, at);
  } catch (why) {
    return odd(element, "not drawn: " + element.type + ", " + why.message, "span");
  }
}

const drawers = {
  button,
  workflow_button: button,
  icon_button: iconButton,
  feedback_buttons: feedback,
  overflow,
  image: (e, _, ctx) => picture(e, ctx, "bk-thumb"),
  ...choosers,
  ...inputs,
  ...choices,
};

function button(e, block, ctx) {
  const href = e.url ? address(e.url) : "";
  const style = e.style === "primary" ? " bk-primary" : e.style === "danger" ? " bk-danger" : "";
  const label = emojis(plainOf(e.text));
  if (!href) {
    const node = el(
      "button",
      { type: "button", class: "bk-btn" + style, "aria-label": e.accessibility_label, onclick: () => press(node, e, block, e.value, ctx) },
      el("bdi", {}, label),
    );
    return node;
  }
  const node = el(
    "a",
    {
      class: "bk-btn" + style,
      href,
      target: "_blank",
      rel: "noopener noreferrer",
      "aria-label": e.accessibility_label,
      onclick: async event => {
        if (!e.confirm) {
          press(node, e, block, e.value, ctx);
          return;
        }
        event.preventDefault();
        if (await press(node, e, block, e.value, ctx)) window.open(href, "_blank", "noopener,noreferrer");
      },
    },
    el("bdi", {}, label),
    el("span", { class: "bk-out", "aria-hidden": "true" }, " ↗"),
  );
  return node;
}

function iconButton(e, block, ctx) {
  const name = plainOf(e.text);
  const node = el(
    "button",
    {
      type: "button",
      class: "bk-icon-btn",
      "aria-label": e.accessibility_label || name,
      title: name,
      onclick: () => press(node, e, block, e.value, ctx),
    },
    icon(e.icon === "trash" ? "trash" : "more"),
  );
  return node;
}

function feedback(e, block, ctx) {
  const node = el("span", { class: "bk-feedback", role: "group", "aria-label": "Feedback" });
  for (const [which, picture] of [
    ["positive_button", "up"],
    ["negative_button", "down"],
  ]) {
    const b = e[which],
      name = plainOf(b.text);
    node.append(
      el(
        "button",
        {
          type: "button",
          class: "bk-icon-btn",
          "aria-pressed": "false",
          "aria-label": b.accessibility_label || name,
          title: name,
          onclick: async event => {
            const pressed = event.currentTarget;
            if (!(await press(node, e, block, b.value, ctx))) return;
            for (const other of node.children) other.setAttribute("aria-pressed", String(other === pressed));
          },
        },
        icon(picture),
      ),
    );
  }
  return node;
}

// overflow is a button with a menu that opens below it.
function overflow(e, block, ctx) {
  const id = uid("bk-menu");
  const choose = async option => {
    menu.hidePopover();
    opener.focus();
    const href = option.url && address(option.url);
    if ((await press(opener, e, block, option.value, ctx)) && href) window.open(href, "_blank", "noopener,noreferrer");
  };
  const items = list(e.options).map(o =>
    el(
      "button",
      { type: "button", role: "menuitem", tabindex: "-1", onclick: () => choose(o) },
      el("bdi", {}, emojis(plainOf(o.text))),
      o.description ? el("span", { class: "bk-desc" }, emojis(plainOf(o.description))) : "",
    ),
  );
  const menu = el(
    "div",
    {
      class: "bk bk-popup bk-menu",
      id,
      role: "menu",
      popover: "auto",
      "aria-label": "More actions",
      onkeydown: event => {
        const at = items.indexOf(document.activeElement),
          to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
        if (event.key === "Tab") menu.hidePopover();
        if (to === undefined) return;
        event.preventDefault();
        items.at(to % items.length).focus();
      },
    },
    items,
  );
  const opener = el(
    "button",
    {
      type: "button",
      class: "bk-icon-btn bk-more",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": "More actions",
      popovertarget: id,
    },
    icon("more"),
  );
  menu.addEventListener("beforetoggle", event => {
    if (event.newState === "open") place(menu, opener, "end");
  });
  menu.addEventListener("toggle", event => {
    const open = event.newState === "open";
    opener.setAttribute("aria-expanded", String(open));
    if (open) {
      place(menu, opener, "end");
      items[0]?.focus();
    }
  });
  return el("span", { class: "bk-overflow" }, opener, menu);
}
