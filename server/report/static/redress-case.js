/** One case whole: the vote, its four steps, all that happened, and the forms for what may be done now. */

import { hallNow } from "/static/web/js/clock.js";
import { byId, fill, h, icon } from "/static/web/js/dom.js";
import { monthDay, whenFrom } from "/static/web/js/times.js";
import { listText, pick, t } from "/static/web/js/words.js";
import { createForms } from "./redress-forms.js";
import { history } from "./redress-history.js";
import { CHANNELS, daysText, LEVELS, STEPS } from "./redress-words.js";

/** `act(one, path, body, key, onDone)` does it. Returns {show(one), focus(), forget(), isWriting()}; `show(null)`: none is chosen. */
export function createCase(names, act) {
  const place = byId("case");
  const forms = createForms(names, act);
  let drawn = "";

  function show(one) {
    const key = JSON.stringify(one);
    if (key === drawn) return;
    const inside = place.contains(document.activeElement);
    drawn = key;
    place.hidden = one === null;
    if (one === null) return;
    fill(place, head(one, names), stepper(one), history(one, names), forms.of(one));
    if (inside) focus();
  }

  function focus() {
    byId("case-title").focus();
    byId("case-title").scrollIntoView({ block: "nearest" });
  }

  /** The next `show` draws it anew even when nothing changed since: the feed may have been faster than the answer. */
  function forget() {
    drawn = "";
  }

  return { show, focus, forget, isWriting: forms.isWriting };
}

function head(one, names) {
  const service = names.services.find((known) => known.id === one.service);
  const reasons = one.reasons.map((code) => (names.reasons[code] ? pick(names.reasons[code], "name") : code));
  return h("div.case-head", {},
    h("h2.case-title", { id: "case-title", tabindex: "-1" }, one.number, " ", h("span.chip.chip-red", {}, t(LEVELS[one.level]))),
    h("dl.case-facts", {},
      fact(t("Service"), `${service ? pick(service, "name") : one.service}  ${one.day}`),
      fact(t("Who served"), `${t("Window {number}", { number: one.window })}  ${one.name} ${one.work_number}`),
      fact(t("Rated at"), `${whenFrom(hallNow(), new Date(one.opened_at), names.zone)}  ${t(CHANNELS[one.channel])}`),
      reasons.length ? fact(t("Reasons"), listText(reasons)) : null,
      one.words ? fact(t("Own words"), one.words) : null,
      fact(t("Due"), dueText(one, names))));
}

function fact(name, value) {
  return [h("dt", {}, name), h("dd", {}, value)];
}

/** Both deadlines by the last day in time, and what is left for the next step. */
function dueText(one, names) {
  const lastDay = (iso) => monthDay(new Date(Date.parse(iso) - 1), names.zone);
  const days = t("Verified by {verify}, closed by {close}", { verify: lastDay(one.verify_by), close: lastDay(one.close_by) });
  if (one.next) return h("span", { class: one.overdue ? "case-late" : null }, `${days}  ${daysText(one.days_left)}`);
  const end = one.in_time ? t("Closed in time") : t("Closed late");
  const excluded = t("Excluded");
  return `${days}  ${one.excluded ? excluded : end}`;
}

function stepper(one) {
  const done = new Set(one.steps.map((taken) => taken.step));
  const items = Object.entries(STEPS).map(([step, { name }]) => {
    const now = one.next === step;
    const past = done.has(step) && !now;
    const words = now ? t("now") : past ? t("done") : "";
    return h(`li.case-step${now ? ".case-step-now" : past ? ".case-step-done" : ""}`, { "aria-current": now ? "step" : null },
      past ? icon("check", "icon-small") : null, h("span", {}, t(name)), words ? h("span.case-step-state", {}, words) : null);
  });
  return h("ol.case-steps", { "aria-label": t("Steps") }, items);
}
