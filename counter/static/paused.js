/** The strip of a paused window: why, until when, how long that is; and the way to correct it. */

import { byId, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { minutes, secondsSince } from "./spans.js";

export function renderPaused({ window: { pause } }, now, zone) {
  byId("paused").hidden = pause === null;
  if (pause === null) return;
  const time = pause.until ? hourMinute(new Date(pause.until), zone) : null;
  const words = { reason: pause.reason, time };
  setText(byId("paused-main"), time ? t("Paused: {reason}, back at {time}", words) : t("Paused: {reason}", words));
  setText(byId("paused-left"), left(pause, now));
}

/** Since when, and how much of what was said is left, or by how much it is over. */
function left({ since, until }, now) {
  const away = minutes(secondsSince(since, now));
  if (!until) return t("away for {away}", { away });
  const seconds = (Date.parse(until) - now.getTime()) / 1000;
  if (seconds > 0) return t("away for {away}, {left} left", { away, left: minutes(Math.ceil(seconds / 60) * 60) });
  return t("away for {away}, {over} overdue", { away, over: minutes(-seconds) });
}
