/** Draws a list only when it changed, and leaves whoever is at one of its buttons where they were. */

import { fill } from "/static/web/js/dom.js";

export function createRedraw(element) {
  let drawn = "";
  /** `what` is all that the list shows; `nodes()` makes it. Buttons are told apart by `data-key`. */
  return (what, nodes) => {
    const said = JSON.stringify(what);
    if (said === drawn) return;
    drawn = said;
    const at = element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    fill(element, nodes());
    const same = at && element.querySelector(`[data-key="${at}"]`);
    if (same) same.focus();
  };
}
