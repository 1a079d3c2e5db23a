/** After hours: the clock and the next opening alone, dark; a touch brings the light back for a while. */

import { hallNow, runClock } from "/static/web/js/clock.js";
import { byId, setText } from "/static/web/js/dom.js";
import { hourMinute, monthDay, weekday } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";

import { drift } from "./drift.js";

const LIGHT = 10000; // ms of full light after a touch
const EARLY = 15 * 60 * 1000; // ms before the opening at which a screen wakes by itself, when no server tells it to
const DAY = 24 * 60 * 60 * 1000;
const LOOK = 1000;

/** Returns {update(rest)}: {until} as the server says, or null. */
export function openRest(zone) {
  const screen = byId("rest");
  let rest = null;
  let light = 0;

  function show() {
    const until = rest && rest.until ? new Date(rest.until) : null;
    screen.hidden = rest === null || (until !== null && until - hallNow() <= EARLY);
    if (!screen.hidden) setText(byId("rest-words"), words(until, zone));
  }

  screen.addEventListener("pointerdown", () => {
    clearTimeout(light);
    screen.classList.add("rest-light");
    light = setTimeout(() => screen.classList.remove("rest-light"), LIGHT);
  });
  runClock({ time: byId("rest-time") }, zone);
  drift(byId("rest-middle"));
  setInterval(show, LOOK);
  return {
    update(next) {
      rest = next;
      show();
    },
  };
}

function words(until, zone) {
  if (until === null) return t("Closed now");
  const now = hallNow();
  const time = hourMinute(until, zone);
  if (sameDay(until, now, zone)) return t("Open from {time}", { time });
  if (sameDay(until, new Date(now.getTime() + DAY), zone)) return t("Open from {time} tomorrow", { time });
  const day = until - now < 6 * DAY ? weekday(until, zone) : monthDay(until, zone);
  return t("Open from {time}, {day}", { day, time });
}

function sameDay(one, other, zone) {
  return monthDay(one, zone) === monthDay(other, zone);
}
