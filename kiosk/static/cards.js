/** A service as a card: name first, what is inside second, people waiting third. */

import { fill, h, icon, setText } from "/static/web/js/dom.js";
import { whenFrom } from "/static/web/js/times.js";
import { listText, phrase, pick, t } from "/static/web/js/words.js";
import { windowsText } from "./places.js";

/**
 * A card is made once and then updated in place: replacing it between a finger's down and up would lose the touch.
 * Returns {element, update(service, {off, label, wait, now, zone})}.
 */
export function createCard(service, onTouch) {
  let current = service;
  let footKey = "";
  const name = h("span.service-name");
  const hint = h("span.service-hint");
  const place = h("span.service-place");
  const foot = h("span.service-foot");
  const element = h("button.choice.service", { type: "button", onclick: () => onTouch(current) },
    h("span.arch", {}, icon(service.icon || "grid")),
    h("span.service-words", {}, name, hint, place, foot));

  return {
    element,
    update(fresh, { off, label, wait, now, zone }) {
      current = fresh;
      element.disabled = off;
      element.setAttribute("aria-disabled", String(off || !fresh.open));
      element.setAttribute("aria-busy", String(Boolean(label)));
      setText(name, label || pick(fresh, "name"));
      setText(hint, pick(fresh, "hint"));
      setText(place, listText([pick(fresh, "place"), windowsText(fresh.windows)].filter(Boolean)));
      const key = JSON.stringify([fresh.waiting, fresh.open, fresh.opens_at, fresh.wait, wait, now.getDate()]);
      if (key !== footKey) fill(foot, wait ? t("Please wait a moment") : footOf(fresh, now, zone));
      footKey = key;
    },
  };
}

/** When a service that is not open opens, in words. */
export function opensText(service, now, zone) {
  return service.opens_at
    ? t("Numbers from {time}", { time: whenFrom(now, new Date(service.opens_at), zone) })
    : t("No more numbers today");
}

function footOf(service, now, zone) {
  if (!service.open) {
    return h("span.service-opens", {}, icon("clock"), opensText(service, now, zone));
  }
  const people = h(service.waiting ? "b" : "b.none-waiting", {}, service.waiting);
  return [h("span", {}, phrase("{n} waiting", { n: people })), waitOf(service)];
}

function waitOf(service) {
  if (!service.waiting) return h("span.service-free", {}, t("No waiting"));
  if (!service.wait) return null;
  return h("span", {}, t("{from}–{to} min", { from: service.wait.p50, to: service.wait.p90 }));
}
