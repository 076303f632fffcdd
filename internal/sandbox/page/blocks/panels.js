// Blocks that hold others, and cards of all kinds.
import { el, icon, link, list, plainOf, uid } from "./dom.js";
import { drawText, emojis } from "./text.js";
import { drawRich } from "./rich.js";
import { drawElement } from "./elements.js";
import { picture } from "./picture.js";

export const panels = { container, layout, card, carousel, alert, video, file, call, task_card: task, plan };

const text = (t, ctx, kind) => (t ? el("div", { class: kind + " bk-text" }, drawText(t, ctx, { mrkdwn: false })) : "");

function container(b, ctx, drawBlock) {
  const title = b.rich_text_title ? drawRich(b.rich_text_title.elements, ctx) : emojis(plainOf(b.title)),
    id = uid("bk-box");
  if (!b.title && !b.rich_text_title) throw new Error("no title");
  const head = [
    b.icon ? picture(b.icon, ctx, "bk-thumb") : "",
    el("div", { class: "bk-box-names" }, el("div", { class: "bk-box-title", id }, title), text(b.subtitle, ctx, "bk-quiet")),
  ];
  const body = el(
    "div",
    { class: "bk-box-body" },
    list(b.child_blocks).map(c => drawBlock(c, ctx)),
  );
  const kind = "bk-box bk-w-" + (b.width || "standard");
  if (!b.is_collapsible)
    return el(
      "div",
      { class: kind + (b.has_header_divider ? " bk-divided" : ""), role: "group", "aria-labelledby": id },
      el("div", { class: "bk-box-head" }, head),
      body,
    );
  return el("details", { class: kind, open: !b.default_collapsed }, el("summary", { class: "bk-box-head" }, head, icon("chevron", "bk-turn")), body);
}

function layout(b, ctx, drawBlock) {
  const id = uid("bk-layout"),
    named = b.is_label_visible ? { role: "group", "aria-labelledby": id } : {};
  return el(
    "div",
    { class: "bk-lines-" + (b.grid_lines || "none"), ...named },
    b.is_label_visible ? el("div", { class: "bk-label", id }, String(b.label)) : "",
    list(b.rows).map(r =>
      el(
        "div",
        { class: "bk-row" },
        list(r.items).map(i =>
          el(
            "div",
            { class: "bk-cell bk-span-" + (i.width || "standard") + " bk-to-" + (i.horizontal_alignment || "start") },
            drawBlock(i.block, ctx),
          ),
        ),
      ),
    ),
  );
}

function card(b, ctx) {
  if (!b.hero_image && !b.title && !b.body && !b.actions) throw new Error("nothing on it");
  const named = b.slack_icon && (b.slack_icon.name || b.slack_icon.type);
  return el(
    "article",
    { class: "bk-cardbox" },
    b.hero_image ? picture(b.hero_image, ctx, "bk-hero") : "",
    el(
      "div",
      { class: "bk-card-in" },
      b.icon || named || b.title || b.subtitle
        ? el(
            "div",
            { class: "bk-box-head" },
            b.icon ? picture(b.icon, ctx, "bk-thumb") : named ? el("span", { class: "bk-badge", title: named }, icon(String(named))) : "",
            el("div", { class: "bk-box-names" }, text(b.title, ctx, "bk-box-title"), text(b.subtitle, ctx, "bk-quiet")),
          )
        : "",
      text(b.body, ctx, "bk-card-body"),
      text(b.subtext, ctx, "bk-quiet"),
      b.actions
        ? el(
            "div",
            { class: "bk-actions" },
            list(b.actions).map(e => drawElement(e, b, ctx)),
          )
        : "",
    ),
  );
}

function carousel(b, ctx, drawBlock) {
  const cards = list(b.elements),
    track = el(
      "div",
      { class: "bk-track", tabindex: "0", role: "group", "aria-label": cards.length + " cards" },
      cards.map((c, i) =>
        el(
          "div",
          { class: "bk-slide", role: "group", "aria-roledescription": "card", "aria-label": i + 1 + " of " + cards.length },
          drawBlock({ type: "card", ...c }, ctx),
        ),
      ),
    );
  const step = (name, label, by) =>
    el(
      "button",
      {
        type: "button",
        class: "bk-icon-btn",
        "aria-label": label,
        "data-words": "",
        onclick: () =>
          track.scrollBy({
            left: by * (track.firstElementChild.offsetWidth + 12),
            behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
          }),
      },
      icon(name),
    );
  const back = step("left", "Earlier cards", -1),
    on = step("right", "Later cards", 1),
    turns = el("div", { class: "bk-turns" }, back, on);
  const ends = () => {
    back.disabled = track.scrollLeft < 4;
    on.disabled = track.scrollLeft + track.clientWidth > track.scrollWidth - 4;
    turns.hidden = back.disabled && on.disabled;
  };
  track.addEventListener("scroll", ends, { passive: true });
  new ResizeObserver(ends).observe(track);
  return el("div", { role: "group", "aria-roledescription": "carousel", "aria-label": "Cards" }, track, turns);
}

function alert(b, ctx) {
  const level = ["info", "warning", "error", "success"].includes(b.level) ? b.level : "default";
  return el(
    "div",
    { class: "bk-level-" + level, role: level === "error" ? "alert" : "note" },
    icon(level),
    el("div", { class: "bk-text" }, level === "default" ? "" : el("span", { class: "bk-sr" }, level + ": "), drawText(b.text, ctx)),
  );
}

function video(b, ctx) {
  const title = el("bdi", {}, emojis(plainOf(b.title)));
  return el(
    "article",
    { class: "bk-cardbox bk-w-standard" },
    el(
      "div",
      { class: "bk-screen" },
      picture({ alt_text: b.alt_text, image_url: b.thumbnail_url }, ctx, "bk-hero"),
      el("span", { class: "bk-play" }, icon("play")),
    ),
    el(
      "div",
      { class: "bk-card-in" },
      el("div", { class: "bk-quiet" }, [b.author_name, b.provider_name].filter(Boolean).join(" · ")),
      el("div", { class: "bk-box-title" }, b.title_url ? link(b.title_url, title) : title),
      text(b.description, ctx, "bk-card-body"),
      el("div", {}, link(b.video_url, "Watch")),
    ),
  );
}

const plate = (name, title, more) =>
  el(
    "div",
    { class: "bk-plate" },
    el("span", { class: "bk-badge" }, icon(name)),
    el("div", { class: "bk-box-names" }, el("div", { class: "bk-box-title" }, title), more),
  );

function file(b) {
  return plate(
    "file",
    el("bdi", {}, String(b.external_id)),
    el("div", { class: "bk-quiet" }, "File, " + (b.source === "remote" ? "kept elsewhere" : String(b.source))),
  );
}

function call(b, ctx) {
  const v = (b.call && b.call.v1) || {},
    who = list(v.active_participants)
      .concat(list(v.all_participants))
      .map(p => p.display_name || ((ctx.people && ctx.people.get(p.slack_id)) || {}).name || p.slack_id || p.external_id);
  const state = v.has_ended ? "Ended" : v.was_missed ? "Missed" : v.date_start ? "In progress" : "Call";
  return plate("phone", el("bdi", {}, v.name || "Call " + b.call_id), [
    el("div", { class: "bk-quiet" }, [state, [...new Set(who)].join(", ")].filter(Boolean).join(" · ")),
    v.join_url && !v.has_ended ? el("div", {}, link(v.join_url, "Join")) : "",
  ]);
}

const states = { pending: ["clock", "to do"], in_progress: ["clock", "under way"], complete: ["success", "done"], error: ["error", "failed"] };

function task(b, ctx) {
  const [picture, words] = states[b.status] || states.pending;
  return el(
    "div",
    { class: "bk-state-" + (states[b.status] ? b.status : "pending") },
    el(
      "div",
      { class: "bk-task-head" },
      icon(picture),
      b.hide_title ? "" : el("bdi", { class: "bk-box-title" }, emojis(String(b.title))),
      el("span", { class: "bk-quiet" }, " " + words),
    ),
    b.details ? el("div", { class: "bk-task-more bk-text" }, drawRich(b.details.elements, ctx)) : "",
    b.output ? el("div", { class: "bk-task-more bk-text" }, drawRich(b.output.elements, ctx)) : "",
    list(b.sources).length
      ? el(
          "div",
          { class: "bk-task-more bk-sources" },
          list(b.sources).map(s => link(s.url, icon("link"), el("bdi", {}, s.text || s.url))),
        )
      : "",
  );
}

function plan(b, ctx, drawBlock) {
  const tasks = list(b.tasks),
    done = tasks.filter(t => t.status === "complete").length;
  return el(
    "section",
    { class: "bk-plate-tall" },
    el(
      "div",
      { class: "bk-box-head" },
      el("div", { class: "bk-box-title" }, emojis(plainOf(b.title))),
      tasks.length ? el("span", { class: "bk-quiet" }, " " + done + " of " + tasks.length + " done") : "",
    ),
    el(
      "ol",
      { class: "bk-tasks" },
      tasks.map(t => el("li", {}, drawBlock({ type: "task_card", ...t }, ctx))),
    ),
  );
}
