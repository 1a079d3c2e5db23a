/** Large type: for one citizen, until the page rests again. */

import { byId } from "/static/web/js/dom.js";

export function createLarge() {
  const toggle = byId("big");
  const set = (on) => {
    document.documentElement.classList.toggle("big", on);
    toggle.setAttribute("aria-pressed", String(on));
  };
  toggle.addEventListener("click", () => set(toggle.getAttribute("aria-pressed") !== "true"));
  return { reset: () => set(false) };
}
