/** One row for each window: who sits there, what goes on now, and what was done today. */

import { hallNow } from "/static/web/js/clock.js";
import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { msg, t } from "/static/web/js/words.js";
import { elapsed, minutes, minutesSince } from "./durations.js";

const STATES = {
  serving: { word: msg("In service"), chip: "chip-jade" },
  calling: { word: msg("Calling"), chip: "chip-blue" },
  idle: { word: msg("Free"), chip: "chip-plain" },
  paused: { word: msg("Away {minutes} min"), chip: "chip-amber" },
  closed: { word: msg("Not staffed"), chip: "chip-plain" },
};
const NONE = "–";

/** `show(windows, report)`: the live windows and the day's report (null before it came); `tick(now)`: the time. */
export function createWindows(body, zone) {
  let shown = "";
  let windows = [];

  function tick(time) {
    showOverdue(windows, time, zone);
    for (const element of body.querySelectorAll("[data-since]")) {
      setText(element, elapsed(element.dataset.since, time));
    }
    for (const element of body.querySelectorAll("[data-paused]")) {
      setText(element, t(STATES.paused.word, { minutes: minutesSince(element.dataset.paused, time) }));
    }
  }

  function show(now, report) {
    windows = now;
    const key = JSON.stringify([windows, report && report.windows]);
    if (key === shown) return;
    shown = key;
    const work = new Map((report ? report.windows : []).map((entry) => [entry.number, entry]));
    fill(body, windows.map((entry) => row(entry, work.get(entry.number), Boolean(report), zone)));
    showCount(windows);
    tick(hallNow());
  }

  return { show, tick };
}

/** Whoever is not back at the time that they gave; it ends when the window reopens. */
function showOverdue(windows, now, zone) {
  const late = windows.filter(({ pause }) => pause && pause.until && Date.parse(pause.until) <= now.getTime());
  byId("overdue").hidden = late.length === 0;
  setText(byId("overdue-words"), late.map((entry) => overdueText(entry, now, zone)).join("  "));
}

function overdueText({ number, clerk, pause }, now, zone) {
  return t("Window {number}, {clerk}: back was to be {time}, {minutes} min ago ({reason})", {
    number,
    clerk: clerk || NONE,
    time: hourMinute(new Date(pause.until), zone),
    minutes: minutesSince(pause.until, now),
    reason: pause.reason,
  });
}

function showCount(windows) {
  const count = (...states) => windows.filter((entry) => states.includes(entry.state)).length;
  const open = count("idle", "calling", "serving");
  setText(byId("windows-note"), t("{open} open, {paused} paused", { open, paused: count("paused") }));
}

function row(entry, work, known, zone) {
  return h("tr", {},
    h("th.window-cell", { scope: "row" }, h("span.arch.arch-number", {}, entry.number)),
    h("td.clerk-cell", {}, entry.clerk || NONE),
    h("td", {}, chip(entry)),
    present(entry, zone),
    todays(work, known));
}

function chip(entry) {
  const { word, chip: kind } = STATES[entry.state];
  if (entry.state === "paused") return h(`span.chip.${kind}`, { data: { paused: entry.pause.since } });
  return h(`span.chip.${kind}`, {}, t(word));
}

/** The current number and since when; for a paused window without one, why it is away and until when. */
function present(entry, zone) {
  if (entry.ticket) {
    return [h("td", {}, h("b", {}, entry.ticket)), h("td", { data: { since: entry.since } })];
  }
  if (entry.pause) return h("td.pause-cell", { colspan: 2 }, pauseText(entry.pause, zone));
  return [h("td", {}, NONE), h("td", {}, NONE)];
}

function pauseText({ reason, until }, zone) {
  if (!until) return reason;
  return t("{reason}, back {time}", { reason, time: hourMinute(new Date(until), zone) });
}

/** What is not known yet is a dash; a window that did nothing today has noughts. */
function todays(work, known) {
  if (!work) return [known ? "0" : NONE, NONE, known ? "0 / 0" : NONE].map((text) => h("td.figures", {}, text));
  return [
    h("td.figures", {}, work.finished),
    h("td.figures", {}, minutes(work.service.median)),
    h("td.figures", {}, `${work.votes.voted} / ${work.finished}`),
  ];
}
