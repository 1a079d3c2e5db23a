/** Where a slip can come out: at the window's own printer or, where it has none, at a kiosk or on a page. */

import { problemText } from "/static/web/js/device-words.js";
import { pick, t } from "/static/web/js/words.js";
import { fillSelect } from "./fields.js";

export const BY_HAND = "";

/** What keeps the printer `id` from printing, in words; "" where nothing is known to. */
export function stoppedText({ stopped }, id) {
  return stopped[id] ? problemText(stopped[id]) : "";
}

/** What `tools.tell` says of notice `number`, which was sent to the printer `id`: in green only where it can come out. */
export function printingNotice(view, number, id) {
  const problem = stoppedText(view, id);
  if (!problem) return { main: t("Notice {number} is being printed", { number }), good: true };
  return {
    main: t("Notice {number} is kept, but its printer prints nothing now: {problem}", { number, problem }),
    second: t("If it does not come out once that is mended, print it again"),
    lasting: true,
  };
}

/** Fills the select `#<id>`; whether the window has a printer of its own. `byHand`: a page may be chosen instead. */
export function fillPrinters(id, view, { byHand = false } = {}) {
  const { hall, window } = view;
  const own = hall.printers.filter((one) => one.window === window.number);
  const others = hall.printers.filter((one) => one.window === null);
  const choices = [...own, ...others].map((one) => ({ value: one.id, words: printerWords(view, one) }));
  const hand = { value: BY_HAND, words: t("On no printer: a page to print or copy by hand") };
  fillSelect(id, [["", byHand ? [...choices, hand] : choices]]);
  return own.length > 0;
}

function printerWords(view, one) {
  const name = one.window === null ? pick(one, "name") : t("The printer of this window");
  const problem = stoppedText(view, one.id);
  return problem ? t("{name}: {problem}", { name, problem }) : name;
}
