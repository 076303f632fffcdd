// Small pictures, drawn with lines.

import { svg } from "./blocks/dom.js";

const paths = {
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12L20 5l-5 15-3.5-6.5zM11.5 13.5L20 5",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  guide: "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM15.5 8.5l-2 5-5 2 2-5z",
  inspect: "M8 6l-5 6 5 6M16 6l5 6-5 6M13.5 5l-3 14",
  phone: "M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3zM11 18h2",
  reset: "M4.5 9A8 8 0 1 1 4 13M4.5 4v5h5",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  half: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 3v18M12 7h5M12 11h8M12 15h7",
  clock: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5l3.5 2",
  pause: "M9 6v12M15 6v12",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  prompt: "M5 7l5 5-5 5M13 17h6",
  down: "M6 10l6 6 6-6",
  home: "M4 11l8-7 8 7M6 10v9h12v-9",
  talk: "M4 5h16v11H9l-5 4z",
};

// icon is a picture that says nothing to a screen reader; its button does.
export const icon = name => svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
  svg("path", { d: paths[name] || paths.more }));
