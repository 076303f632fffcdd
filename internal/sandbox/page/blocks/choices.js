// Checkboxes and radio buttons.
import { el, list, uid } from "./dom.js";
import { drawText } from "./text.js";
import { keep } from "./fields.js";
import { press } from "./press.js";
import { heldIn } from "./held.js";

export const choices = {
  checkboxes: (e, block, ctx, at) => boxes(e, block, ctx, at, "checkbox"),
  radio_buttons: (e, block, ctx, at) => boxes(e, block, ctx, at, "radio"),
};

function boxes(e, block, ctx, at, type) {
  const name = uid("bk-choice"),
    many = type === "checkbox",
    begin = heldIn(e, block, ctx);
  const group = el("div", {
    class: "bk-choices",
    role: many ? "group" : "radiogroup",
    "aria-labelledby": at.label,
    "aria-label": at.label ? undefined : many ? "Choices" : "One choice",
    "aria-describedby": at.hint,
    "data-hint": at.hint,
    tabindex: "-1",
  });
  const all = list(e.options).map(o => {
    const box = el("input", { type, name, value: o.value, checked: begin.includes(o.value), onchange: () => changed(box) });
    group.append(
      el(
        "label",
        { class: "bk-choice" },
        box,
        el("span", {}, el("span", {}, drawText(o.text, ctx)), o.description ? el("span", { class: "bk-desc" }, drawText(o.description, ctx)) : ""),
      ),
    );
    return box;
  });
  const get = () => {
    const on = all.filter(b => b.checked).map(b => b.value);
    return many ? on : on[0] || "";
  };
  let before = all.map(b => b.checked);
  const changed = async () => {
    const tells = !at.input || block.dispatch_action;
    if (tells && !(await press(group, e, block, get(), ctx)))
      all.forEach((b, i) => {
        b.checked = before[i];
      });
    before = all.map(b => b.checked);
  };
  if (e.focus_on_load && all[0]) all[0].autofocus = true;
  return keep(group, { element: e, block, get, control: () => all.find(b => b.checked) || all[0] || group });
}
