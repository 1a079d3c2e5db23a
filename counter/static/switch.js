/** A wish of one clerk at this computer: a button in their own menu that is on or off, kept from day to day. */

import { byId } from "/static/web/js/dom.js";

/** The button `#<name>`. `mayTurnOn()` may resolve to false; `onChange()` hears of every change. */
export function createSwitch(name, username, { usual, mayTurnOn = async () => true, onChange = () => {} }) {
  const kept = `jiaohao.counter.${name}.${username}`;
  const button = byId(name);
  const isOn = () => (localStorage.getItem(kept) || String(usual)) === "true";
  const draw = () => button.setAttribute("aria-pressed", String(isOn()));

  button.addEventListener("click", async () => {
    const wanted = !isOn();
    if (wanted && !(await mayTurnOn())) return;
    localStorage.setItem(kept, String(wanted));
    draw();
    onChange();
  });
  // Another tab of the same clerk.
  window.addEventListener("storage", (event) => {
    if (event.key !== kept) return;
    draw();
    onChange();
  });
  draw();
  return { isOn };
}
