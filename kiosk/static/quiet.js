/** The times of day at which the hall wants its kiosks silent. */

import { hallNow } from "/static/web/js/clock.js";

/** `muted`: [start, end] in the hall's own time, "12:00:00". Returns a function that says whether it is such a time now. */
export function createQuiet(muted, zone) {
  const parts = { hour: "2-digit", minute: "2-digit", second: "2-digit" };
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...parts });
  return () => {
    const time = format.format(hallNow());
    return muted.some(([start, end]) => start <= time && time < end);
  };
}
