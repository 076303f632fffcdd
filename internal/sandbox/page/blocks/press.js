// Pressing: what is asked first, and what shows while the answer is on its way.
import { el, plainOf, uid } from "./dom.js";
import { drawText } from "./text.js";

// press asks for confirmation where an element wants it, then tells ctx; control is busy until that is done.
// It says whether the press went through.
export async function press(control, element, block, value, ctx) {
  if (control.getAttribute("aria-busy") === "true") return false;
  if (element.confirm && !(await confirmed(element.confirm, ctx))) return false;
  const target = { action_id: element.action_id, block_id: block.block_id, value };
  const had = control.contains(document.activeElement),
    parts = [control, ...control.querySelectorAll("button, input, textarea")];
  const free = parts.filter(p => "disabled" in p && !p.disabled);
  control.setAttribute("aria-busy", "true");
  const focused = document.activeElement;
  for (const p of free) p.disabled = true;
  try {
    await ctx.press(target);
    return true;
  } catch {
    return false; // whoever was asked to press says what went wrong
  } finally {
    control.removeAttribute("aria-busy");
    for (const p of free) p.disabled = false;
    if (had && focused.isConnected && (document.activeElement === document.body || !document.activeElement)) focused.focus();
  }
}

// confirmed shows a confirmation dialog and waits for the answer.
export function confirmed(ask, ctx) {
  return new Promise(done => {
    const title = uid("bk-ask"),
      text = uid("bk-ask");
    const yes = el(
      "button",
      { type: "submit", class: "bk-btn bk-" + (ask.style === "danger" ? "danger-full" : "main"), value: "yes" },
      plainOf(ask.confirm) || "Yes",
    );
    const no = el("button", { type: "submit", class: "bk-btn", value: "no" }, plainOf(ask.deny) || "Cancel");
    const dialog = el(
      "dialog",
      { class: "bk bk-confirm", "aria-labelledby": title, "aria-describedby": text },
      el(
        "form",
        { method: "dialog" },
        el("h2", { id: title }, plainOf(ask.title)),
        el("div", { id: text, class: "bk-text" }, drawText(ask.text, ctx)),
        el("div", { class: "bk-confirm-end" }, no, yes),
      ),
    );
    const before = document.activeElement;
    // A dialog inside a dialog must not close the one below it.
    dialog.addEventListener("cancel", event => event.stopPropagation());
    dialog.addEventListener("close", event => {
      event.stopPropagation();
      dialog.remove();
      if (before && before.isConnected) before.focus();
      done(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.returnValue = "no";
    dialog.showModal();
    (ask.style === "danger" ? no : yes).focus();
  });
}
