// The theme is set before anything is drawn: "light", "dark", or nothing for the system's.
(() => {
  const take = text => {
    const theme = /^"(light|dark)"$/.exec(text || "");
    if (theme) document.documentElement.dataset.theme = theme[1];
    else delete document.documentElement.dataset.theme;
  };
  try { take(localStorage.getItem("paceline.theme")); } catch { /* storage is switched off */ }
  addEventListener("storage", event => { if (event.key === "paceline.theme") take(event.newValue); });
  if (new URLSearchParams(location.search).get("view") === "phone") document.documentElement.classList.add("phone-view");
})();
