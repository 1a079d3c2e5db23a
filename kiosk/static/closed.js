/** Outside issuing hours. */

import { byId, setText } from "/static/web/js/dom.js";
import { whenFrom } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { hoursText } from "./places.js";

export function createClosed() {
  return {
    render(view, now) {
      const { opens_at: opens } = view.issuing;
      const text = opens
        ? t("Numbers from {time}", { time: whenFrom(now, new Date(opens), view.hall.time_zone) })
        : t("No more numbers today");
      setText(byId("closed-opens"), text);
      setText(byId("closed-hours"), hoursText(view.hours));
    },
  };
}
