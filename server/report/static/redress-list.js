/** The cases as a list: where, how it was rated, what comes next and how long there is for it. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { monthDay } from "/static/web/js/times.js";
import { msg, pick, t } from "/static/web/js/words.js";
import { daysText, LEVELS, STEPS } from "./redress-words.js";

const NONE = {
  open: msg("No low rating is open"),
  overdue: msg("None is overdue"),
  closed: msg("None was closed in the last 31 days"),
};

/** `onChoose(one, {focus})`: a row was chosen. Not drawn anew when nothing changed: the focus stays where it is. */
export function showList(body, state, chosen, names, onChoose) {
  const key = JSON.stringify([body.cases, state]);
  setText(byId("list-note"), String(body.cases.length));
  if (byId("list").dataset.drawn === key) return;
  const focused = document.activeElement && document.activeElement.dataset.case;
  byId("list").dataset.drawn = key;
  const rows = body.cases.map((one) => h("li", {}, row(one, chosen, names, onChoose)));
  fill(byId("list"), rows.length ? rows : h("li.empty", {}, t(NONE[state])));
  const again = focused && byId("list").querySelector(`[data-case="${focused}"]`);
  if (again) again.focus();
}

function row(one, chosen, names, onChoose) {
  const service = names.services.find((known) => known.id === one.service);
  return h("button.choice.case-row", {
    type: "button", "aria-pressed": String(one.case === chosen), data: { case: one.case },
    onclick: () => onChoose(one, { focus: true }),
  },
  h("span.case-row-head", {}, h("b", {}, one.number), ` ${t("Window {number}", { number: one.window })}`, chip(one)),
  h("span.case-row-line", {}, `${service ? pick(service, "name") : one.service}  ${t(LEVELS[one.level])}`),
  h("span.case-row-line.second", {}, standing(one, names)));
}

function chip(one) {
  if (one.excluded) return h("span.chip.chip-plain", {}, t("Excluded"));
  if (!one.next) return one.in_time ? h("span.chip.chip-jade", {}, t("Closed in time")) : h("span.chip.chip-red", {}, t("Closed late"));
  return h(`span.chip.${one.overdue ? "chip-red" : one.soon ? "chip-amber" : "chip-blue"}`, {}, daysText(one.days_left));
}

function standing(one, names) {
  const given = t("Rated {day}", { day: monthDay(new Date(one.opened_at), names.zone) });
  if (!one.next) return given;
  const pending = one.appeal && one.appeal.granted === null ? t("Appeal to be decided") : "";
  return `${t(STEPS[one.next].todo)}  ${given}  ${pending}`;
}
