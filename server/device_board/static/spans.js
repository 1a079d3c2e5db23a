/** Since when something is as it is, and how long that is by now. */

import { h, setText } from "/static/web/js/dom.js";
import { whenFrom } from "/static/web/js/times.js";
import { hallNow } from "/static/web/js/clock.js";
import { t } from "/static/web/js/words.js";

/** "since 09:30, for 12 min": kept up to date by `tickSpans`. Nothing when it is not known. */
export function sinceSpan(iso, zone) {
  if (!iso) return null;
  const span = h("span.since", { data: { since: iso } }, t("since {time}", { time: whenFrom(hallNow(), new Date(iso), zone) }), h("span.since-long"));
  draw(span, hallNow());
  return span;
}

export function tickSpans(now) {
  for (const span of document.querySelectorAll("[data-since]")) draw(span, now);
}

function draw(span, now) {
  setText(span.querySelector(".since-long"), spanText(Math.max(0, now - Date.parse(span.dataset.since))));
}

function spanText(ms) {
  const minutes = Math.floor(ms / 60000);
  if (minutes === 0) return "";
  if (minutes < 60) return t(", for {minutes} min", { minutes });
  return t(", for {hours} h {minutes} min", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
