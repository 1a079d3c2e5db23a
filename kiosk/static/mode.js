/** Large type and language: both last until the page goes back to its start. */

import { byId } from "/static/web/js/dom.js";
import { moveTo } from "/static/web/js/reach.js";
import { inEnglish } from "/static/web/js/words.js";

/** `canReload()`: whether the server can be reached, and the page taken away. */
export function createMode({ canReload }) {
  const root = document.documentElement;
  const toggle = byId("tool-big");
  let wanted = null; // an address asked for and not reached yet

  function setBig(on) {
    root.classList.toggle("big", on);
    toggle.setAttribute("aria-pressed", String(on));
  }

  function setLanguage(language, big) {
    wanted = `${window.location.pathname}?lang=${language}${big ? "&big=1" : ""}`;
    mode.resume();
  }

  const mode = {
    get big() {
      return root.classList.contains("big");
    },
    /** A time in seconds, doubled in large type. */
    patience(seconds) {
      return mode.big ? seconds * 2 : seconds;
    },
    /** Do what was asked for, if the server answers; else when it can be reached again. */
    resume() {
      const address = wanted;
      if (address) moveTo(address, () => address === wanted && canReload());
    },
    reset() {
      setBig(false);
      wanted = null;
      if (inEnglish) setLanguage("zh", false);
    },
  };

  toggle.addEventListener("click", () => setBig(!mode.big));
  byId("tool-language").addEventListener("click", () => setLanguage(inEnglish ? "zh" : "en", mode.big));
  setBig(new URLSearchParams(window.location.search).get("big") === "1");
  return mode;
}
