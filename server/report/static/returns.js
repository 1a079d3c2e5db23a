/** 二次退回: each with both visits, and what a leader has found. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { listText, pick, t } from "/static/web/js/words.js";
import { outcomeText } from "./outcomes.js";

/** `onLook(one)` hears when a leader wants to write what was found. */
export function showReturns(returns, names, onLook) {
  const open = returns.filter((one) => one.looked_into === null).length;
  setText(byId("returns-note"), returns.length ? t("{n}, of which {open} not looked into", { n: returns.length, open }) : t("None in these days"));
  fill(byId("returns"), returns.map((one) => item(one, names, onLook)));
}

function item(one, names, onLook) {
  const service = names.services.find((known) => known.id === one.present.service);
  const look = h("button.button", { type: "button", onclick: () => onLook(one) }, t("Looked into"));
  return h(
    "li.return",
    { data: { ticket: one.present.ticket } },
    h("p.return-head", {}, h("b", {}, one.present.number), ` ${service ? pick(service, "name") : one.present.service}`),
    visit(t("This time"), one.present),
    visit(t("The time before"), one.earlier),
    one.looked_into ? h("p.return-look", {}, lookText(one.looked_into, names)) : look,
  );
}

function visit(when, one) {
  const papers = one.notices.flatMap((notice) => notice.documents.map((paper) => paper.name));
  const numbers = listText(one.notices.map((notice) => notice.number));
  const where = one.window ? t("Window {number}", { number: one.window }) : "";
  return h(
    "p.return-visit",
    {},
    h("span.second", {}, `${when} ${one.day} ${one.number}  ${where}  ${one.name} ${one.work_number}  ${one.result ? outcomeText(one.result) : ""}`),
    h("span.return-papers", {}, papers.length ? `${listText(papers)}  ${numbers}` : t("No notice was given")),
  );
}

function lookText({ at, name, words }, names) {
  return t("{name} looked into it at {time}: {words}", { name, time: hourMinute(new Date(at), names.zone), words });
}
