// Light or dark: as the system says, until somebody chooses; the choice is kept in this browser. Loaded before the
// page is painted, so it is no module.
(() => {
  const KEY = "everycall.theme";
  const root = document.documentElement;
  const held = (() => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  })();
  if (held === "light" || held === "dark") root.dataset.theme = held;
  const isDark = () => root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

  addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    if (!button) return;
    const tell = () => (button.textContent = isDark() === "dark" ? "Light screen" : "Dark screen");
    button.hidden = false;
    tell();
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() === "dark" ? "light" : "dark";
      try {
        localStorage.setItem(KEY, root.dataset.theme);
      } catch {
        // a browser that keeps nothing still shows it
      }
      tell();
    });
  });
})();
