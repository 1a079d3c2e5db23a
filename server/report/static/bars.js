/** Bars in table cells. They start at zero; the figure beside them says the same. */

import { h } from "/static/web/js/dom.js";

/** A bar that is `value` of `most` long; the table's own figure is what a reader hears. `kind`: a class for its fill. */
export function bar(value, most, kind = "") {
  const filled = h(kind ? `span.bar-fill.${kind}` : "span.bar-fill");
  filled.style.width = `${most > 0 ? (100 * value) / most : 0}%`;
  return h("span.bar", { "aria-hidden": "true" }, filled);
}
