/** The calls before the current one, and the numbers given up. */

import { byId, fill, h } from "/static/web/js/dom.js";
import { phrase, t } from "/static/web/js/words.js";

import { arch } from "./shapes.js";

/** `calls`: [{number, window}], newest first. */
export function showRecent(calls) {
  if (calls.length === 0) {
    fill(byId("recent"), h("li.recent-none", {}, t("No calls yet")));
    return;
  }
  fill(byId("recent"), calls.map(recentCall));
}

function recentCall({ number, window }) {
  return h(
    "li.recent-call",
    {},
    h("span.recent-number", { data: { length: number.length } }, number),
    h("span.recent-window", {}, phrase("to window {arch}", { arch: arch(window) })),
  );
}

/** `numbers`: newest first. */
export function showPassed(numbers) {
  fill(
    byId("passed"),
    numbers.map((number) => h("span.passed-number", {}, number)),
  );
}
