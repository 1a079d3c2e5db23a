/** Small shapes that several parts of the board draw. */

import { h } from "/static/web/js/dom.js";

/** A window's number in its arch. */
export function arch(number) {
  const digits = String(number);
  return h("span.arch.arch-white", {}, h("span.arch-number", { data: { length: digits.length } }, digits));
}

const MARKED = 8000; // ms: the flash takes three seconds; without motion, a frame stands for all of them
const timers = new WeakMap();

/** Marks an element as just called, from the beginning of its animation. */
export function flash(element) {
  clearTimeout(timers.get(element));
  element.classList.remove("just-called");
  void element.offsetWidth; // without a layout between them, the browser sees no change
  element.classList.add("just-called");
  timers.set(element, setTimeout(() => element.classList.remove("just-called"), MARKED));
}
