// Inputs: text, numbers, addresses, dates, times and files.
import { el, list, plainOf, uid } from "./dom.js";
import { keep } from "./fields.js";
import { press } from "./press.js";
import { heldIn } from "./held.js";
import { localOf, secondsOf } from "./dates.js";

export const inputs = {
  plain_text_input: (e, b, c, at) => typed(e, b, c, at, { minlength: e.min_length, maxlength: e.max_length || 3000, tall: e.multiline }),
  rich_text_input: (e, b, c, at) => typed(e, b, c, at, { tall: true, rows: e.min_lines }),
  number_input: (e, b, c, at) => typed(e, b, c, at, { inputmode: e.is_decimal_allowed ? "decimal" : "numeric", class: "bk-short" }),
  email_text_input: (e, b, c, at) => typed(e, b, c, at, { type: "email", inputmode: "email" }),
  url_text_input: (e, b, c, at) => typed(e, b, c, at, { type: "url", inputmode: "url" }),
  datepicker: (e, b, c, at) => picked(e, b, c, at, "date"),
  timepicker: (e, b, c, at) => picked(e, b, c, at, "time"),
  datetimepicker: (e, b, c, at) => picked(e, b, c, at, "datetime-local"),
  file_input: files,
};

// named are the attributes by which a control is found and described.
const named = (e, at, fallback) => ({
  "aria-labelledby": at.label,
  "aria-label": at.label ? undefined : plainOf(e.placeholder) || fallback,
  "aria-describedby": at.hint,
  "data-hint": at.hint,
  id: at.control,
  autofocus: e.focus_on_load === true,
  autocomplete: "off",
});

function typed(e, block, ctx, at, { tall, rows, class: kind = "", ...more }) {
  const control = el(tall ? "textarea" : "input", {
    class: "bk-field " + kind,
    type: tall ? undefined : "text",
    rows: tall ? rows || 4 : undefined,
    dir: "auto",
    placeholder: plainOf(e.placeholder),
    "aria-required": at.input && block.optional !== true ? "true" : undefined,
    ...named(e, at, "Text"),
    ...more,
    value: heldIn(e, block, ctx)[0] || "",
  });
  const tells = !at.input || block.dispatch_action;
  const on = list(e.dispatch_action_config && e.dispatch_action_config.trigger_actions_on);
  if (tells && (!on.length || on.includes("on_enter_pressed"))) {
    control.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.isComposing || (tall && event.shiftKey)) return;
      event.preventDefault();
      press(control, e, block, control.value, ctx);
    });
  }
  if (tells && on.includes("on_character_entered")) {
    let waits = 0;
    control.addEventListener("input", () => {
      clearTimeout(waits);
      waits = setTimeout(() => ctx.press({ action_id: e.action_id, block_id: block.block_id, value: control.value }).catch(() => {}), 400);
    });
  }
  const field = { element: e, block, get: () => control.value, control: () => control };
  if (!e.max_length) return keep(control, field);
  const count = el("span", { class: "bk-count", id: uid("bk-count") });
  const counted = () => {
    const left = e.max_length - [...control.value].length;
    count.textContent = left <= Math.max(20, e.max_length / 5) ? left + " left" : "";
  };
  control.addEventListener("input", counted);
  counted();
  return keep(el("span", { class: "bk-counted" }, control, count), field);
}

function picked(e, block, ctx, at, type) {
  const zone = ctx.zone || "UTC",
    begin = heldIn(e, block, ctx)[0] || "";
  const control = el("input", {
    class: "bk-field bk-short",
    type,
    ...named(e, at, { date: "Date", time: "Time" }[type] || "Date and time"),
    title: type === "date" ? undefined : "Times are in " + (e.timezone || zone),
    value: type === "datetime-local" && begin ? localOf(begin, zone) : begin,
  });
  const get = () => (type === "datetime-local" ? secondsOf(control.value, zone) : control.value);
  let before = control.value;
  control.addEventListener("change", async () => {
    if ((at.input && !block.dispatch_action) || control.value === before || !control.value) return;
    if (await press(control, e, block, get(), ctx)) before = control.value;
    else control.value = before;
  });
  return keep(control, { element: e, block, get, control: () => control });
}

function files(e, block, ctx, at) {
  const most = e.max_files || 10,
    names = el("ul", { class: "bk-files" });
  const control = el("input", {
    type: "file",
    class: "bk-file",
    multiple: most > 1,
    accept:
      list(e.filetypes)
        .map(t => "." + t)
        .join(",") || undefined,
    ...named(e, at, "Files"),
    onchange: () =>
      names.replaceChildren(
        ...[...control.files].map(f => el("li", {}, el("bdi", {}, f.name), " ", el("span", { class: "bk-quiet" }, Math.ceil(f.size / 1024) + " kB"))),
      ),
  });
  const told = [most > 1 ? "Up to " + most + " files" : "One file", list(e.filetypes).length ? list(e.filetypes).join(", ") : ""]
    .filter(Boolean)
    .join(": ");
  return keep(el("div", { class: "bk-filebox" }, control, el("span", { class: "bk-quiet" }, told), names), {
    element: e,
    block,
    get: () => [...control.files].map(f => f.name),
    control: () => control,
  });
}
