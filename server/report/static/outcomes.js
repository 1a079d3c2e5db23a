/** What an outcome is called, and the table of a day's outcomes. */

import { byId, fill, h } from "/static/web/js/dom.js";
import { msg, pick, t } from "/static/web/js/words.js";

const WORDS = {
  done: msg("Done"),
  accepted: msg("Accepted for processing"),
  supplement: msg("Papers to be supplied"),
  returned: msg("Returned"),
  consultation: msg("Consultation"),
  referred: msg("Referred"),
};

export function outcomeText({ kind, quantity, note }) {
  const many = quantity > 1 ? ` × ${quantity}` : "";
  const outcome = t(WORDS[kind]) + many;
  return note ? t("{outcome}, {note}", { outcome, note }) : outcome;
}

/** The hall, then windows, clerks and services. */
export function showOutcomes(day, names) {
  const service = (one) => names.services.find((known) => known.id === one.code) || one;
  fill(
    byId("results"),
    row(t("The hall"), day.total, "total-row"),
    day.windows.map((one) => row(t("Window {number}", { number: one.number }), one)),
    day.clerks.map((one) => row(`${one.name} ${one.work_number}`, one)),
    day.services.map((one) => row(pick(service(one), "name"), one)),
  );
}

function row(name, { results }, kind = "") {
  const cell = ({ services, quantity }) => h("td.figures", {}, services ? h("b", {}, services) : "0", ` / ${quantity}`);
  return h(kind ? `tr.${kind}` : "tr", {}, h("th", { scope: "row" }, name), Object.keys(WORDS).map((one) => cell(results[one])));
}
