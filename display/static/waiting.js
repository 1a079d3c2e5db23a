/** How many wait for each service. */

import { hallNow } from "/static/web/js/clock.js";
import { byId, fill, h } from "/static/web/js/dom.js";
import { whenFrom } from "/static/web/js/times.js";
import { phrase, pick, t } from "/static/web/js/words.js";

import { openPager } from "./pager.js";

const COLUMNS = 2;

/** Returns {update(services)}. */
export function openWaiting(zone) {
  const pager = openPager(room, byId("waiting-page"), (services) => {
    fill(
      byId("waiting"),
      services.map((service) =>
        h("li.waiting-line", {}, h("span.waiting-name", {}, pick(service, "name")), count(service, zone)),
      ),
    );
  });
  // The windows above turn their own pages, and leave more or less room for the same numbers.
  new ResizeObserver(pager.fit).observe(byId("waiting").parentElement);
  return { update: pager.update };
}

/** How many fit below the windows, which take more or less of the height. With no room for a line, none is shown. */
function room() {
  const list = byId("waiting");
  const section = list.parentElement;
  section.classList.remove("waiting-none");
  if (list.children.length === 0) fill(list, h("li.waiting-line", {}, "0"));
  const line = list.firstElementChild.getBoundingClientRect().height;
  if (line === 0) return COLUMNS;
  const lines = Math.floor(list.getBoundingClientRect().height / line);
  section.classList.toggle("waiting-none", lines === 0);
  return Math.max(1, lines) * COLUMNS;
}

function count(service, zone) {
  // People may still wait after the last number was given: they are counted first.
  if (service.open || service.waiting > 0) {
    const words = service.waiting === 1 ? "{n} person" : "{n} people";
    return h("span.waiting-count", {}, phrase(words, { n: h("b", {}, service.waiting) }));
  }
  if (!service.opens_at) return h("span.waiting-count", {}, t("No numbers now"));
  const time = whenFrom(hallNow(), new Date(service.opens_at), zone);
  return h("span.waiting-count.waiting-later", {}, t("Numbers from {time}", { time }));
}
