/** Every night the page loads itself anew, once nobody is at it: a browser that runs for months grows slow. */

import { hallNow } from "/static/web/js/clock.js";
import { reload } from "/static/web/js/reach.js";
import { hourMinute } from "/static/web/js/times.js";

const LOOK = 5000; // ms

/** `at`: the hall's time, "03:30"; `mayReload()`: nobody is at the page and the server can be reached. */
export function watchNight({ at, zone, mayReload }) {
  let due = false;
  let before = hourMinute(hallNow(), zone);
  setInterval(() => {
    const now = hourMinute(hallNow(), zone);
    // A clock that was put right may jump over the very minute.
    due = due || (before < at && now >= at) || (now < before && now >= at);
    before = now;
    if (due) reload(mayReload);
  }, LOOK);
}
