/** The strip of a paused window: why, until when, how long that is; and the way to correct it. */

import { byId, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { minutes } from "./spans.js";

export function renderPaused({ window: { pause } }, now, zone) {
  byId("paused").hidden = pause === null;
  if (pause === null) return;
  const time = pause.until ? hourMinute(new Date(pause.until), zone) : null;
  const words = { reason: pause.reason, time };
  setText(byId("paused-main"), time ? t("Paused: {reason}, back at {time}", words) : t("Paused: {reason}", words));
  setText(byId("paused-left"), left(pause, now));
}

function left({ since, until }, now) {
  if (!until) return t("for {time}", { time: minutes((now.getTime() - Date.parse(since)) / 1000) });
  const seconds = (Date.parse(until) - now.getTime()) / 1000;
  return seconds > 0 ? t("{time} left", { time: minutes(Math.ceil(seconds / 60) * 60) }) : t("The time is up");
}
