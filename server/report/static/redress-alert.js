/** 差评 on the leader's page: what is due first, and at once that a new one has come. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { ring } from "./bell.js";
import { daysText, STEPS } from "./redress-words.js";

/** `show(redress)`: the live view's part. Rings for a new one if the hall wants that (`names.bell`). */
export function createRedressAlert(names) {
  let newest = null; // null: this page has shown none yet
  let drawn = "";

  function show(redress) {
    const key = JSON.stringify(redress);
    if (key === drawn) return;
    const first = drawn === "";
    drawn = key;
    byId("redress").hidden = redress.open === 0;
    const came = !first && redress.newest !== null && (newest === null || redress.newest > newest);
    if (came) {
      setText(byId("redress-news"), t("{time}: a new low rating has come", { time: hourMinute(new Date(redress.newest), names.zone) }));
      if (names.bell) ring();
    }
    if (came || first) newest = redress.newest;
    fill(byId("redress"), redress.cases.map((one) => card(one, redress)));
  }

  return { show };
}

/** `one` is due first of all that are open. */
function card(one, { open, overdue }) {
  const kind = one.days_left < 0 ? "ill" : one.soon ? "unsure" : "calm";
  const title = overdue ? t("Low ratings: {open}, overdue {overdue}", { open, overdue }) : t("Low ratings: {open}", { open });
  return h(`div.redress-item.redress-${kind}`, { data: { case: one.case } },
    icon(kind === "calm" ? "clock" : "warning", "icon-small"),
    h("div.redress-words", {},
      h("h2.panel-title", { id: "redress-title" }, h("a", { href: "/report/redress" }, title)),
      h("p", {}, h("b", {}, one.number), ` ${t("Window {number}", { number: one.window })}`),
      h("p.redress-days", {}, daysText(one.days_left))),
    h("a.button.redress-way", { href: `/report/redress#${one.case}` }, t(STEPS[one.next].way)));
}
