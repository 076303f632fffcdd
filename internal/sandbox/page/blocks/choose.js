// Menus: one box to type in, a list below it, for one choice or several.
import { el, icon, list, plainOf, uid } from "./dom.js";
import { emojis } from "./text.js";
import { keep } from "./fields.js";
import { press } from "./press.js";
import { place } from "./place.js";
import { chosenOptions, heldIn } from "./held.js";

export const choosers = {};
for (const kind of ["static", "external", "users", "conversations", "channels"]) {
  choosers[kind + "_select"] = (e, b, c, at) => chooser(e, b, c, at, false);
  choosers["multi_" + kind + "_select"] = (e, b, c, at) => chooser(e, b, c, at, true);
}

const option = o => ({ value: String(o.value), text: plainOf(o.text), description: plainOf(o.description) });

// groupsOf are the options of a menu, in groups; a group may be without a name.
function groupsOf(e, ctx) {
  const people = () => [...(ctx.people || new Map()).values()].map(p => ({ value: p.id, text: p.real_name || p.name, description: "@" + p.name }));
  const channels = () => [...(ctx.channels || new Map()).values()].map(c => ({ value: c.id, text: "#" + c.name, description: "" }));
  switch (e.type.replace("multi_", "")) {
    case "static_select":
      return e.option_groups
        ? list(e.option_groups).map(g => ({ label: plainOf(g.label), options: list(g.options).map(option) }))
        : [{ label: "", options: list(e.options).map(option) }];
    case "external_select":
      return [{ label: "", options: chosenOptions(e).map(option) }];
    case "users_select":
      return [{ label: "", options: people() }];
    case "channels_select":
      return [{ label: "", options: channels() }];
  }
  const kinds = list(e.filter && e.filter.include),
    wants = k => !kinds.length || kinds.includes(k);
  return [
    { label: "Channels", options: wants("public") ? channels() : [] },
    { label: "Direct messages", options: wants("im") ? people() : [] },
  ].filter(g => g.options.length);
}

function chooser(e, block, ctx, at, many) {
  const groups = groupsOf(e, ctx),
    all = groups.flatMap(g => g.options),
    external = e.type.endsWith("external_select");
  const named = v => all.find(o => o.value === v) || { value: v, text: v, description: "" };
  let chosen = heldIn(e, block, ctx).map(named),
    shown = [],
    active = -1;
  const placeholder = plainOf(e.placeholder) || (many ? "Choose some" : "Choose"),
    id = uid("bk-list");
  const input = el("input", {
    class: "bk-combo-in",
    type: "text",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
    autocomplete: "off",
    spellcheck: "false",
    "aria-labelledby": at.label,
    "aria-label": at.label ? undefined : placeholder,
    "aria-describedby": at.hint,
    "data-hint": at.hint,
    id: at.control,
    autofocus: e.focus_on_load === true,
  });
  const popup = el("div", {
    class: "bk bk-popup bk-options",
    id,
    role: "listbox",
    popover: "manual",
    "aria-label": placeholder,
    "aria-multiselectable": many ? "true" : undefined,
  });
  const chips = el("span", { class: "bk-chips" });
  const clear = el(
    "button",
    {
      type: "button",
      class: "bk-clear",
      "aria-label": "Clear",
      tabindex: "-1",
      onclick: () => {
        set([]);
        input.focus();
      },
    },
    icon("close"),
  );
  const box = el(
    "span",
    {
      class: "bk-combo" + (many ? " bk-many" : ""),
      onclick: event => {
        if (event.target === box) {
          input.focus();
          toggle(true);
        }
      },
    },
    chips,
    input,
    clear,
    el(
      "span",
      {
        class: "bk-caret",
        "aria-hidden": "true",
        onmousedown: event => {
          event.preventDefault();
          input.focus();
          toggle(!popup.matches(":popover-open"));
        },
      },
      icon("chevron"),
    ),
  );
  const node = el("span", { class: "bk-select" }, box, popup);

  const rest = () => {
    chips.replaceChildren(
      ...(many
        ? chosen.map(o =>
            el(
              "span",
              { class: "bk-chip" },
              el("bdi", {}, emojis(o.text)),
              el(
                "button",
                {
                  type: "button",
                  "aria-label": "Remove " + o.text,
                  onclick: () => {
                    set(chosen.filter(c => c !== o));
                    input.focus();
                  },
                },
                icon("close"),
              ),
            ),
          )
        : []),
    );
    input.value = many || !chosen.length ? "" : chosen[0].text;
    input.placeholder = many && chosen.length ? "" : placeholder;
    clear.hidden = many || !chosen.length || !at.input || block.optional !== true;
  };
  const set = async next => {
    const before = chosen;
    chosen = next;
    rest();
    box.dispatchEvent(new Event("change", { bubbles: true }));
    if (at.input && !block.dispatch_action) return;
    if (!many && !chosen.length) return;
    if (!(await press(box, e, block, many ? chosen.map(o => o.value) : chosen[0].value, ctx))) {
      chosen = before;
      rest();
    }
  };
  const pick = o => {
    const most = e.max_selected_items || Infinity,
      on = chosen.some(c => c.value === o.value);
    if (!many) {
      toggle(false);
      if (!on) set([o]);
      else rest();
      return;
    }
    if (!on && chosen.length >= most) {
      fill(input.value, "Choose at most " + most + ".");
      return;
    }
    set(on ? chosen.filter(c => c.value !== o.value) : [...chosen, o]);
    input.value = "";
    fill("");
  };
  // fill lists the options that fit what is typed.
  const fill = (typed, note = "") => {
    const want = typed.trim().toLowerCase(),
      fits = o => (o.text + " " + o.description).toLowerCase().includes(want);
    shown = [];
    popup.replaceChildren(
      ...groups.flatMap(g => {
        const options = g.options.filter(fits);
        if (!options.length) return [];
        const nodes = options.map(o => {
          const on = chosen.some(c => c.value === o.value);
          const line = el(
            "div",
            {
              class: "bk-option",
              role: "option",
              id: uid("bk-option"),
              "aria-selected": String(on),
              onmousedown: event => event.preventDefault(),
              onclick: () => pick(o),
            },
            el("span", { class: "bk-tick", "aria-hidden": "true" }, on ? icon("check") : ""),
            el("span", {}, el("bdi", {}, emojis(o.text)), o.description ? el("span", { class: "bk-desc" }, emojis(o.description)) : ""),
          );
          shown.push({ o, line });
          return line;
        });
        if (!g.label) return nodes;
        const head = uid("bk-group");
        return [el("div", { role: "group", "aria-labelledby": head }, el("div", { class: "bk-heading", id: head }, g.label), nodes)];
      }),
    );
    if (!shown.length)
      note ||= external
        ? "The bot is asked for these options in Slack; here only those it began with are known."
        : "Nothing fits “" + typed.trim() + "”.";
    if (note) popup.append(el("div", { class: "bk-none", role: "status" }, note));
    go(
      Math.max(
        0,
        shown.findIndex(s => chosen.some(c => c.value === s.o.value)),
      ),
    );
    if (popup.matches(":popover-open")) place(popup, box);
  };
  const go = to => {
    active = shown.length ? (to + shown.length) % shown.length : -1;
    shown.forEach((s, i) => s.line.classList.toggle("bk-active", i === active));
    if (active < 0 || !popup.matches(":popover-open")) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", shown[active].line.id);
      shown[active].line.scrollIntoView({ block: "nearest" });
    }
  };
  const moved = event => {
    if (!(event.target instanceof Node) || !popup.contains(event.target)) place(popup, box);
  };
  const toggle = open => {
    if (open === popup.matches(":popover-open")) return;
    input.setAttribute("aria-expanded", String(open));
    if (open) {
      popup.showPopover();
      fill("");
      place(popup, box);
      input.select();
      addEventListener("scroll", moved, true);
      addEventListener("resize", moved);
    } else {
      popup.hidePopover();
      input.removeAttribute("aria-activedescendant");
      removeEventListener("scroll", moved, true);
      removeEventListener("resize", moved);
      rest();
    }
  };
  input.addEventListener("input", event => {
    event.stopPropagation();
    toggle(true);
    fill(input.value);
  });
  input.addEventListener("change", event => event.stopPropagation());
  input.addEventListener("click", () => toggle(true));
  input.addEventListener("blur", () => toggle(false));
  input.addEventListener("keydown", event => {
    const open = popup.matches(":popover-open");
    const moves = { ArrowDown: open ? active + 1 : 0, ArrowUp: open ? active - 1 : -1, PageDown: active + 8, PageUp: Math.max(0, active - 8) };
    if (event.key in moves) {
      event.preventDefault();
      toggle(true);
      go(open || event.key === "ArrowUp" ? moves[event.key] : active);
    } else if (event.key === "Enter" && open && shown[active]) {
      event.preventDefault();
      pick(shown[active].o);
    } else if (event.key === "Enter" && !open && !at.input) {
      event.preventDefault();
      toggle(true);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      toggle(false);
    } else if (event.key === "Backspace" && many && !input.value && chosen.length) set(chosen.slice(0, -1));
  });
  rest();
  return keep(node, { element: e, block, get: () => (many ? chosen.map(o => o.value) : chosen.length ? chosen[0].value : ""), control: () => input });
}
