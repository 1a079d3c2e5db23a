/** Outside issuing hours. */

import { byId, setText } from "/static/web/js/dom.js";
import { monthDay, whenFrom } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { hoursText } from "./places.js";

export function createClosed() {
  let kind = "stopped";
  return {
    /** What the screen says, for the voice. */
    get said() {
      return { kind };
    },
    render(view, now) {
      const opens = firstOpening(view.services);
      const zone = view.hall.time_zone;
      kind = opens && monthDay(opens, zone) === monthDay(now, zone) ? "closed" : "stopped";
      const text = opens
        ? t("Numbers from {time}", { time: whenFrom(now, opens, zone) })
        : t("No more numbers today");
      setText(byId("closed-opens"), text);
      setText(byId("closed-hours"), hoursText(view.hours));
    },
  };
}

/** When the first service opens, which may be before the hall does; null when it is not known. */
function firstOpening(services) {
  const openings = services.filter((service) => service.opens_at).map((service) => Date.parse(service.opens_at));
  return openings.length ? new Date(Math.min(...openings)) : null;
}
