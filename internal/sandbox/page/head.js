// The head of the conversation: where this is, and for the bot the tabs of its app.

import { el } from "./blocks/dom.js";
import { face } from "./face.js";
import { icon } from "./icons.js";
import { openSide } from "./side.js";
import { channelOf, go, inDirect, me, on, roomId, state } from "./state.js";

const head = document.getElementById("room-head");
const topics = { outreach: "Where the team works. Answers to commands are private.", general: "Everybody but Paceline" };

const menu = () => el("button", { type: "button", class: "icon-btn", id: "open-side", "aria-label": "Channels and people", onclick: openSide }, icon("menu"));
const whoAmI = () => el("span", { class: "room-me", title: "You are " + me().real_name }, face(me().id, "face-small"), el("span", {}, me().name));

function tab(place, label, sign) {
  const here = state.place === place;
  return el("button", { type: "button", role: "tab", id: "tab-" + place, "aria-selected": String(here), "aria-controls": place === "home" ? "home" : "list", tabindex: here ? "0" : "-1",
    onclick: () => go(state.me, place), onkeydown: turn }, icon(sign), label);
}

function turn(event) {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  event.preventDefault();
  go(state.me, state.place === "home" ? "dm" : "home");
  document.getElementById("tab-" + state.place).focus();
}

function draw() {
  if (!state.server) return;
  const had = document.activeElement?.id, tabs = inDirect();
  head.classList.toggle("room-head-app", tabs);
  head.replaceChildren(menu(), el("div", { class: "room-name" },
    tabs ? el("h2", {}, face(state.server.bot.id, "face-small"), "Paceline", el("span", { class: "badge" }, "APP"))
      : el("h2", {}, el("span", { class: "hash", "aria-hidden": "true" }, "#"), channelOf(roomId()).name),
    tabs ? "" : el("p", { class: "room-topic" }, topics[state.place] || "")), whoAmI(),
  tabs ? el("div", { class: "tabs", role: "tablist", "aria-label": "Paceline" }, tab("dm", "Messages", "talk"), tab("home", "Home", "home")) : "");
  if (had && head.querySelector("#" + CSS.escape(had))) document.getElementById(had).focus();
  document.title = (tabs ? "Paceline" : "#" + state.place) + " as " + me().name + " · Paceline sandbox";
}

on("place", draw);
let drawn = false;
on("server", () => { if (!drawn) draw(); drawn = true; });
