// Fields: elements that keep a value, what stands in them, and what is wrong with it.
import { el, uid } from "./dom.js";

const kept = new WeakMap();

// keep remembers a field: its element and block, how to read it, and what to focus.
export function keep(node, field) {
  node.setAttribute("data-field", "");
  kept.set(node, field);
  return node;
}

const fieldsOf = root => [...root.querySelectorAll("[data-field]")].map(node => ({ node, ...kept.get(node) })).filter(f => f.element);

const blank = value => value === "" || value === null || value === undefined || (Array.isArray(value) && !value.length);

// read is what stands in the fields, and the blocks that still want something.
export function read(root) {
  const values = {},
    missing = [];
  for (const f of fieldsOf(root)) {
    const value = f.get();
    (values[f.block.block_id] ||= {})[f.element.action_id] = value;
    if (f.block.type === "input" && f.block.optional !== true && blank(value)) missing.push(f.block.block_id);
  }
  return { values, missing };
}

// showErrors says under each input what is wrong with it, and puts the focus on the first unless told not to.
// Those of blocks that are not there are returned, for whoever shows what concerns the whole form.
export function showErrors(root, errors, { focus = true } = {}) {
  for (const block of root.querySelectorAll(".bk-input.bk-bad")) clear(block);
  const rest = { ...errors };
  let first = null;
  for (const f of fieldsOf(root)) {
    const id = f.block.block_id,
      block = f.node.closest(".bk-input");
    if (!block || rest[id] === undefined) continue;
    const note = el("div", { class: "bk-error", id: uid("bk-error") }, String(rest[id]));
    delete rest[id];
    block.classList.add("bk-bad");
    block.append(note);
    const control = f.control();
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", [note.id, control.dataset.hint].filter(Boolean).join(" "));
    block.addEventListener("input", () => clear(block), { once: true });
    block.addEventListener("change", () => clear(block), { once: true });
    first ||= f;
  }
  if (first && focus) {
    const control = first.control();
    control.focus({ preventScroll: true });
    control.closest(".bk-input").scrollIntoView({ block: "nearest" });
  }
  return rest;
}

function clear(block) {
  block.classList.remove("bk-bad");
  block.querySelector(":scope > .bk-error")?.remove();
  for (const control of block.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    if (control.dataset.hint) control.setAttribute("aria-describedby", control.dataset.hint);
    else control.removeAttribute("aria-describedby");
  }
}
