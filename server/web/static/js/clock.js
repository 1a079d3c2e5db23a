/** The hall's clock: the server's time, kept going by the page between its messages. */

import { setText } from "./dom.js";
import { fullDay, hourMinute } from "./times.js";

let offset = 0; // server minus page, in milliseconds

/** Set the clock by a server time just received (ISO text). */
export function setServerTime(iso) {
  offset = Date.parse(iso) - Date.now();
}

/** The time in the hall now. */
export function hallNow() {
  return new Date(Date.now() + offset);
}

/**
 * Show the hall's time in `parts.time` and its date in `parts.day` (either may be absent), every second.
 * Returns a function that stops it.
 */
export function runClock(parts, zone) {
  const tick = () => {
    const now = hallNow();
    if (parts.time) setText(parts.time, hourMinute(now, zone));
    if (parts.day) setText(parts.day, fullDay(now, zone));
  };
  tick();
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
}
