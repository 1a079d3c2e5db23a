/** The head of home: what to do now, how many wait; or in its place what is wrong. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { english, inEnglish, msg, pick, t } from "/static/web/js/words.js";
import { waitingPhrase } from "./hero.js";
import { renderStrip } from "./strip.js";

const PLAIN = { full: msg("Touch a service to take a number"), short: msg("Choose a service") };
const COMBINED = { full: msg("Touch your services one after the other"), short: msg("Touch them in order") };
const FIRST = { full: msg("{name}: touch a service"), short: msg("{name}: choose") };

export function renderHeading(view, visit) {
  const words = visit.combined ? COMBINED : visit.priority ? FIRST : PLAIN;
  const name = visit.priority ? pick(visit.priority, "name") : "";
  setText(byId("home-title-full"), t(words.full, { name }));
  setText(byId("home-title-short"), t(words.short, { name }));
  setText(byId("home-second"), english(words.full, { name: visit.priority ? visit.priority.name_en : "" }));
  byId("screen-home").toggleAttribute("data-begun", visit.begun);
  const waiting = byId("hall-waiting");
  if (waiting.dataset.n === String(view.waiting)) return;
  waiting.dataset.n = String(view.waiting);
  fill(waiting, waitingPhrase(view.waiting));
}

/** The strip takes the heading's place, so that nothing below it moves under a finger; readers keep the heading. */
export function renderHomeStrip(notice) {
  renderStrip(byId("home-strip"), notice);
  byId("home-head").classList.toggle("visually-hidden", notice !== null);
  byId("screen-home").toggleAttribute("data-strip", notice !== null);
}

export function offlineNotice(time) {
  const message = msg("Offline. Please take a number at the desk.");
  return {
    sign: "wifi-off",
    main: t(message),
    second: inEnglish ? "" : h("span", { lang: "en" }, english(message)),
    aside: t("As of {time}", { time }),
  };
}
