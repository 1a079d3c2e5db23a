/** A service as a card: name first, what is inside second, people waiting third. */

import { fill, h, icon, setText } from "/static/web/js/dom.js";
import { hourMinute, monthDay, whenFrom } from "/static/web/js/times.js";
import { waitText } from "/static/web/js/wait-words.js";
import { listText, phrase, pick, t } from "/static/web/js/words.js";
import { windowsText } from "./places.js";
import { ORDINARY } from "./visit.js";

const A_DAY = 86400000; // ms
const FEW = 9; // numbers left from which a card says how many

/**
 * A card is made once and then updated in place: replacing it between a finger's down and up would lose the touch.
 * Returns {element, update(service, {off, label, wait, now, zone, combined, order})}: in a combined visit a card is on
 * from its touch, and bears its place in the order.
 */
export function createCard(service, onTouch) {
  let current = service;
  let footKey = "";
  const name = h("span.service-name");
  const hint = h("span.service-hint");
  const place = h("span.service-place");
  const foot = h("span.service-foot");
  const order = h("span.service-order", { hidden: true });
  const element = h("button.choice.service", { type: "button", onclick: () => onTouch(current) },
    h("span.arch", {}, icon(service.icon || "grid")),
    h("span.service-words", {}, name, hint, place, foot), order);

  return {
    element,
    update(fresh, { off, label, wait, now, zone, combined, order: turn }) {
      current = fresh;
      element.disabled = off;
      element.setAttribute("aria-disabled", String(off || !fresh.open));
      element.setAttribute("aria-busy", String(Boolean(label)));
      setText(name, label || pick(fresh, "name"));
      setText(hint, fresh.open ? pick(fresh, "hint") : closedHint(fresh, now, zone) || pick(fresh, "hint"));
      if (combined) element.setAttribute("aria-pressed", String(turn > 0));
      else element.removeAttribute("aria-pressed");
      order.hidden = turn === 0;
      if (order.dataset.turn !== String(turn)) fill(order, icon("check", "icon-small"), h("b", {}, turn));
      order.dataset.turn = String(turn);
      setText(place, listText([pick(fresh, "place"), windowsText(fresh.windows)].filter(Boolean)));
      const key = JSON.stringify([fresh.waiting, fresh.open, fresh.opens_at, fresh.left, fresh.suspended, fresh.wait, wait, now.getDate()]);
      if (key !== footKey) fill(foot, wait ? t("Please wait a moment") : footOf(fresh, now, zone));
      footKey = key;
    },
  };
}

/** Why a service gives no numbers, and what to do instead: {main, second}. */
export function whyClosed(service, now, zone) {
  const name = pick(service, "name");
  if (service.suspended) {
    return {
      main: t("{name} gives no numbers now: {reason}", { name, reason: service.suspended }),
      second: t("Numbers taken earlier today remain valid"),
    };
  }
  const opens = opensText(service, now, zone);
  if (service.left === 0) {
    return {
      main: t("{name}: all numbers are taken", { name }),
      second: t("{opens}. Choose another service, or ask at the service desk.", { opens }),
    };
  }
  return { main: name, second: opens };
}

function opensText(service, now, zone) {
  return service.opens_at
    ? t("Numbers from {time}", { time: whenFrom(now, new Date(service.opens_at), zone) })
    : t("No more numbers today");
}

/** The same in the width of a card. */
function opensShort(service, now, zone) {
  if (!service.opens_at || isToday(service, now, zone)) return opensText(service, now, zone);
  const opens = new Date(service.opens_at);
  const tomorrow = monthDay(new Date(now.getTime() + A_DAY), zone) === monthDay(opens, zone);
  return tomorrow
    ? t("From tomorrow {time}", { time: hourMinute(opens, zone) })
    : t("From {time}", { time: whenFrom(now, opens, zone) });
}

function isToday(service, now, zone) {
  return monthDay(new Date(service.opens_at), zone) === monthDay(now, zone);
}

function closedHint(service, now, zone) {
  if (service.suspended) return service.suspended;
  if (service.left !== 0) return "";
  return service.opens_at && isToday(service, now, zone)
    ? t("All numbers until then are taken")
    : t("All numbers of today are taken");
}

function footOf(service, now, zone) {
  if (!service.open) {
    const words = service.suspended ? t("No numbers for now") : opensShort(service, now, zone);
    return h("span.service-opens", {}, icon(service.suspended ? "pause" : "clock"), words);
  }
  // Alone in its line: no card is wide enough for it beside how many wait, which the warning itself tells.
  if (service.doubtful.includes(ORDINARY)) return h("span.service-opens", {}, icon("warning"), t("Probably not today"));
  const people = h(service.waiting ? "b" : "b.none-waiting", {}, service.waiting);
  return [h("span", {}, phrase("{n} waiting", { n: people })), fewOf(service) || waitOf(service)];
}

function fewOf(service) {
  if (service.left === null || service.left > FEW) return null;
  return h("span.service-few", {}, t("{n} left", { n: service.left }));
}

function waitOf(service) {
  if (!service.waiting) return h("span.service-free", {}, t("No waiting"));
  if (!service.wait) return null;
  return h("span.service-wait", {}, waitText(service.wait));
}
