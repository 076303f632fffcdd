// place puts a popup under what opened it, or above where there is more room, inside the window.
export function place(popup, opener, side = "start") {
  const box = opener.getBoundingClientRect(),
    gap = 4,
    edge = 8;
  popup.style.setProperty("min-width", side === "start" ? box.width + "px" : "9rem");
  const below = innerHeight - box.bottom - gap - edge,
    above = box.top - gap - edge;
  const wanted = Math.min(popup.scrollHeight || 240, 320),
    up = below < wanted && above > below;
  popup.style.setProperty("max-height", Math.max(96, Math.min(320, up ? above : below)) + "px");
  const width = popup.offsetWidth || 180;
  const left = side === "end" ? box.right - width : box.left;
  popup.style.setProperty("left", Math.max(edge, Math.min(left, innerWidth - width - edge)) + "px");
  popup.style.setProperty("top", up ? "auto" : box.bottom + gap + "px");
  popup.style.setProperty("bottom", up ? innerHeight - box.top + gap + "px" : "auto");
}
