/** What was named in an earlier visit for the same matter, and by whom. */

import { byId, fill, h, icon } from "/static/web/js/dom.js";
import { listText, t } from "/static/web/js/words.js";
import { outcomeName } from "./result-fields.js";

/** `earlier`: as `/windows/{n}/documents` tells them. */
export function drawEarlier(earlier) {
  const strip = byId("slip-earlier");
  strip.hidden = earlier.length === 0;
  const lines = earlier.slice(0, 3).map(line);
  fill(strip, icon("warning"), h("div.strip-words", {}, h("b", {}, t("Sent back before for the same matter: this is reported to the leader")), lines));
}

function line(one) {
  const told = one.notices.flatMap((notice) => notice.documents.map((paper) => paper.name));
  const clerk = one.notices.length ? one.notices[one.notices.length - 1] : one;
  const words = { day: one.day, number: one.number, name: clerk.name, work: clerk.work_number };
  const what = told.length ? listText(told) : one.result ? outcomeName(one.result.kind) : "";
  return h("p.earlier-line", {}, t("{day} {number}, {name} {work}:", words), " ", h("span", {}, what));
}
