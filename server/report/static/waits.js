/** What citizens were told of their wait, by service and hour, beside what came; which window would help now, or why nobody is
 *  told anything. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";

/** `waits`: {promise, hint, withheld, told}. The card is there once there is something to say. */
export function showWaits(waits, names) {
  const note = noteOf(waits, names);
  byId("waits-card").hidden = note === "" && waits.told.length === 0;
  setText(byId("waits-hint"), note);
  fill(byId("waits"), waits.told.map((told) => h("tr", {},
    h("th.bar-name", { scope: "row" }, nameOf(told.service, names)),
    h("td.figures", {}, told.hour),
    h("td.figures", {}, told.count),
    h("td.figures", {}, told.told),
    h("td.figures", {}, told.waited),
    h("td.figures", {}, `${Math.round((100 * told.kept) / told.count)} %`))));
}

function noteOf({ promise, hint, withheld }, names) {
  if (withheld) return withheldOf(withheld);
  return hint ? hintOf(hint, promise, names) : "";
}

/** Cut and not rounded: what is still withheld must not seem to have reached what is needed. */
function withheldOf({ kept, count, least }) {
  const values = { kept, count, share: `${Math.floor((100 * kept) / count)} %`, least: `${least} %` };
  return t("No waits are told now: only {kept} of the last {count} numbers ({share}) were called in the time expected. From {least} on they are told again.", values);
}

function hintOf(hint, promise, names) {
  const service = nameOf(hint.service, names);
  const values = { window: hint.window, service, then: hint.then, late: hint.late, promise };
  return hint.late === null
    ? t("Open window {window}: {service} would be called within {then} min, and not today otherwise", values)
    : t("Open window {window}: the wait for {service} falls from {late} to {then} min (promised: {promise})", values);
}

function nameOf(code, names) {
  const known = names.services.find((entry) => entry.id === code);
  return known ? pick(known, "name") : code;
}
