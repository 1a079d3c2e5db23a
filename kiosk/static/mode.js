/** Large type and language: both last until the page goes back to its start. */

import { byId } from "/static/web/js/dom.js";
import { inEnglish } from "/static/web/js/words.js";

/** `canReload`: whether the server can be reached; a kiosk must never end on the browser's own error page. */
export function createMode({ canReload }) {
  const root = document.documentElement;
  const toggle = byId("tool-big");
  let wanted = null; // an address asked for while the server was out of reach

  function setBig(on) {
    root.classList.toggle("big", on);
    toggle.setAttribute("aria-pressed", String(on));
  }

  function setLanguage(language, big) {
    const address = `${window.location.pathname}?lang=${language}${big ? "&big=1" : ""}`;
    wanted = canReload() ? null : address;
    if (canReload()) window.location.replace(address);
  }

  const mode = {
    get big() {
      return root.classList.contains("big");
    },
    /** A time in seconds, doubled in large type. */
    patience(seconds) {
      return mode.big ? seconds * 2 : seconds;
    },
    /** The server can be reached again: do what had to wait. */
    resume() {
      if (wanted) window.location.replace(wanted);
    },
    reset() {
      setBig(false);
      if (inEnglish) setLanguage("zh", false);
    },
  };

  toggle.addEventListener("click", () => setBig(!mode.big));
  byId("tool-language").addEventListener("click", () => setLanguage(inEnglish ? "zh" : "en", mode.big));
  setBig(new URLSearchParams(window.location.search).get("big") === "1");
  return mode;
}
