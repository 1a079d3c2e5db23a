/** A notice in words: what is wrong first, what to do second. */

import { fill, h, icon } from "/static/web/js/dom.js";

/** `notice`: {main, second, aside, sign}, or null for none. */
export function renderStrip(strip, notice) {
  const key = notice ? `${notice.main}|${notice.second}|${notice.aside || ""}` : "";
  strip.hidden = notice === null;
  if (strip.dataset.key === key) return;
  strip.dataset.key = key;
  if (notice === null) return;
  fill(strip, icon(notice.sign || "warning"),
    h("span.strip-words", {}, h("span.strip-main", {}, notice.main),
      h("span.strip-second", {}, notice.second)),
    notice.aside ? h("span.strip-aside", {}, notice.aside) : null);
}
