/** Where a slip can come out: at the window's own printer or, where it has none, at a kiosk or on a page. */

import { pick, t } from "/static/web/js/words.js";
import { fillSelect } from "./fields.js";

export const BY_HAND = "";

/** Fills the select `#<id>`; whether the window has a printer of its own. `byHand`: a page may be chosen instead. */
export function fillPrinters(id, { hall, window }, { byHand = false } = {}) {
  const own = hall.printers.filter((one) => one.window === window.number);
  const others = hall.printers.filter((one) => one.window === null);
  const choices = [...own, ...others].map((one) => ({ value: one.id, words: one.window === null ? pick(one, "name") : t("The printer of this window") }));
  const hand = { value: BY_HAND, words: t("On no printer: a page to print or copy by hand") };
  fillSelect(id, [["", byHand ? [...choices, hand] : choices]]);
  return own.length > 0;
}
