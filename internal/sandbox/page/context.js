// What the drawing of blocks has to know about who looks.

import { act } from "./act.js";
import { me, now, state } from "./state.js";

// context is for a surface in front of the person acted for. where says which element is pressed: {message_ts} or {in}.
export function context(surface, where, more = {}) {
  const person = me();
  const everybody = [...state.server.people, { id: state.server.bot.id, name: state.server.bot.name, real_name: "Paceline" }];
  return {
    surface, zone: person.tz, now,
    people: new Map(everybody.map(p => [p.id, p])),
    channels: new Map(state.server.channels.map(c => [c.id, c])),
    press: async target => {
      const body = { user: person.name, action_id: target.action_id, block_id: target.block_id, ...where }; // what is undefined is left out
      if (target.value !== undefined && target.value !== null) body.value = target.value;
      const out = await act("press", body);
      if (more.pressed && out) more.pressed(out);
      return out;
    },
    ...(more.state ? { state: more.state } : {}),
  };
}
