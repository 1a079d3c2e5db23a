/** 差评 on the leader's page: what is due first, and at once that a new one has come. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";
import { ring } from "./bell.js";
import { daysText, LEVELS, STEPS } from "./redress-words.js";

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
    const { open, overdue } = redress;
    setText(byId("redress-note"), overdue ? t("{open} open, {overdue} overdue", { open, overdue }) : t("{open} open", { open }));
    const came = !first && redress.newest !== null && (newest === null || redress.newest > newest);
    if (came) {
      setText(byId("redress-news"), t("A new low rating has come"));
      if (names.bell) ring();
    }
    if (came || first) newest = redress.newest;
    fill(byId("redress-list"), redress.cases.map(item), more(redress));
  }

  return { show };
}

function item(one) {
  const kind = one.days_left < 0 ? "ill" : one.soon ? "unsure" : "calm";
  return h(`li.redress-item.redress-${kind}`, { data: { case: one.case } },
    icon(kind === "calm" ? "clock" : "warning", "icon-small"),
    h("div.redress-words", {},
      h("p", {}, h("b", {}, t("{step}: window {number}", { step: t(STEPS[one.next].todo), number: one.window }))),
      h("p", {}, `${one.number} ${t(LEVELS[one.level])}`),
      h("p.redress-days", {}, daysText(one.days_left))),
    h("a.button.redress-way", { href: `/report/redress#${one.case}` }, t(STEPS[one.next].name)));
}

function more({ open, cases }) {
  const rest = open - cases.length;
  return rest > 0 ? h("li.redress-item", {}, h("a", { href: "/report/redress" }, t("{n} more", { n: rest }))) : null;
}
