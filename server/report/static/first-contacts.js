/** 首问 of a day, each with what became of it. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { msg, pick, t } from "/static/web/js/words.js";
import { outcomeText } from "./outcomes.js";

const STATES = {
  waiting: msg("Waiting"),
  called: msg("Called"),
  serving: msg("Being served"),
  held: msg("On hold"),
  finished: msg("Finished"),
  no_show: msg("Missed the call"),
  cancelled: msg("Given back"),
  expired: msg("Not served today"),
};

export function showFirsts(contacts, names) {
  const open = contacts.filter((one) => ["waiting", "called", "serving", "held"].includes(one.state)).length;
  setText(byId("firsts-note"), contacts.length ? t("{n}, of which {open} under way", { n: contacts.length, open }) : t("None on this day"));
  fill(byId("firsts"), contacts.map((one) => row(one, names)));
}

function row(one, names) {
  const service = names.services.find((known) => known.id === one.service);
  const { first } = one;
  const by = `${first.name} ${first.work_number}  ${t("Window {number}", { number: first.window })}`;
  const at = one.window ? `${t("Window {number}", { number: one.window })} ${one.name}` : "";
  const became = [t(STATES[one.state]), one.result && outcomeText(one.result), at].filter(Boolean).join("  ");
  const phone = first.phone ? t("phone …{digits}", { digits: first.phone }) : "";
  return h(
    "tr",
    {},
    h("td", {}, hourMinute(new Date(first.at), names.zone)),
    h("th", { scope: "row" }, one.number),
    h("td", {}, by),
    h("td", {}, service ? pick(service, "name") : one.service),
    h("td", {}, became),
    h("td.wrap", {}, [first.note, phone].filter(Boolean).join("  ")),
  );
}
