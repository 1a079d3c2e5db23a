/** The calls before the current one, and the numbers given up. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { phrase, t } from "/static/web/js/words.js";

import { arch } from "./shapes.js";

/** `offline`: whether they are those of before. */
export function showRecentTitle(offline) {
  setText(byId("recent-title"), offline ? t("Calls before the line was lost") : t("Recent calls"));
}

/** `calls`: [{number, window}], newest first. `first`: whether the panel has a call that none was before. */
export function showRecent(calls, first) {
  const list = byId("recent");
  // Longer numbers and windows have broader places, and so fewer, that they can be read as far away as the others.
  list.classList.toggle("recent-broad", calls.some(({ number, window }) => number.length > 4 || window > 9));
  if (calls.length === 0) {
    fill(list, h("li.recent-none", {}, first ? t("No calls before this one") : t("No calls yet")));
    return;
  }
  fill(list, calls.map(recentCall));
}

function recentCall({ number, window }) {
  const place = phrase("to window {arch}", { arch: arch(window) });
  return h(
    "li.recent-call",
    {},
    h("span.recent-number", { data: { length: number.length } }, number),
    h(
      "span.recent-window",
      {},
      place.map((part) => (typeof part === "string" ? h("span.recent-word", {}, part) : part)),
    ),
  );
}

/** `numbers`: newest first. */
export function showPassed(numbers) {
  fill(
    byId("passed"),
    numbers.map((number) => h("span.passed-number", {}, number)),
  );
}

/** `rule`: {after, at_kiosk}, as the hall's rules say today. */
export function showRejoin({ after, at_kiosk: atKiosk }) {
  setText(byId("passed-hint"), rejoinWords(after, atKiosk));
}

function rejoinWords(after, atKiosk) {
  if (after === null) {
    return atKiosk
      ? t("Rejoin at a kiosk or the desk, at the end of the line")
      : t("Rejoin at the desk, at the end of the line");
  }
  return atKiosk
    ? t("Rejoin at a kiosk or the desk; called after {n} numbers", { n: after })
    : t("Rejoin at the desk; called after {n} numbers", { n: after });
}
