import { list } from "./dom.js";

const names = [
  "selected_options",
  "selected_users",
  "selected_conversations",
  "selected_channels",
  "selected_option",
  "selected_user",
  "selected_conversation",
  "selected_channel",
  "selected_date",
  "selected_time",
  "selected_date_time",
  "value",
];
const initials = [
  "initial_options",
  "initial_users",
  "initial_conversations",
  "initial_channels",
  "initial_option",
  "initial_user",
  "initial_conversation",
  "initial_channel",
  "initial_date",
  "initial_time",
  "initial_date_time",
  "initial_value",
];

// heldIn is what stands in an element when it is drawn, as a list of strings: what ctx.state holds for it (as
// Slack's view.state.values does), else what it begins with.
export function heldIn(e, block, ctx) {
  const state = ctx.state && ctx.state[block.block_id] && ctx.state[block.block_id][e.action_id];
  const from = state && state.type === e.type ? [state, [...names, "rich_text_value"]] : [e, initials];
  const found = from[1].map(n => from[0][n]).find(v => v !== undefined && v !== null);
  if (found === undefined) return [];
  if (found && found.type === "rich_text") return [richWords(found)];
  return (Array.isArray(found) ? found : [found]).map(v => String(v && v.value !== undefined ? v.value : v));
}

// chosenOptions are the whole options an element holds, for menus whose options are somewhere else.
export const chosenOptions = e => [...list(e.initial_options), ...(e.initial_option ? [e.initial_option] : [])];

const richWords = o =>
  o.text !== undefined
    ? String(o.text)
    : list(o.elements)
        .map(richWords)
        .join(o.type === "rich_text" ? "\n" : "");
