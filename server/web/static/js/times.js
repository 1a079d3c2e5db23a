/** Times in words, always in the hall's time zone: the panel's own zone may be wrong. */

import { inEnglish } from "./words.js";

const LOCALE = inEnglish ? "en-GB" : "zh-CN";

const formats = new Map();

function format(kind, zone, options) {
  const key = `${kind} ${zone}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(LOCALE, { timeZone: zone, ...options }));
  return formats.get(key);
}

/** "09:41" */
export function hourMinute(date, zone) {
  return format("time", zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date);
}

/** "11月23日", "23 November" */
export function monthDay(date, zone) {
  return format("day", zone, { month: "long", day: "numeric" }).format(date);
}

/** "周一", "Monday" */
export function weekday(date, zone) {
  return format("short weekday", zone, { weekday: inEnglish ? "long" : "short" }).format(date);
}

/** "11月23日 星期一", "Monday 23 November" */
export function fullDay(date, zone) {
  const named = format("weekday", zone, { weekday: "long" }).format(date);
  return inEnglish ? `${named} ${monthDay(date, zone)}` : `${monthDay(date, zone)} ${named}`;
}

/** "14:30" when it is the day of `now`, else with its date: "11月24日 08:00". */
export function whenFrom(now, date, zone) {
  const time = hourMinute(date, zone);
  return monthDay(now, zone) === monthDay(date, zone) ? time : `${monthDay(date, zone)} ${time}`;
}
