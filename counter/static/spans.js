/** Lengths of time in words. */

import { t } from "/static/web/js/words.js";

/** Seconds from an ISO time to `now`, never negative. */
export function secondsSince(iso, now) {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(iso)) / 1000));
}

/** "04:12", "1:04:12" */
export function stopwatch(seconds) {
  const two = (value) => String(value).padStart(2, "0");
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

/** "24 分钟" */
export function minutes(seconds) {
  return t("{n} min", { n: Math.floor(seconds / 60) });
}

/** "已等 24 分钟"; "刚到" in the first minute. */
export function waited(iso, now) {
  const seconds = secondsSince(iso, now);
  return seconds < 60 ? t("just arrived") : t("waiting {time}", { time: minutes(seconds) });
}
