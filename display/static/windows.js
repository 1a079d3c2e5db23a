/** The windows: who is called or served where, and where nobody can be served. */

import { hallNow } from "/static/web/js/clock.js";
import { byId, fill, h, icon } from "/static/web/js/dom.js";
import { whenFrom } from "/static/web/js/times.js";
import { pick, t } from "/static/web/js/words.js";

import { openPager } from "./pager.js";
import { arch, flash } from "./shapes.js";

const ROOMY = 6; // up to so many windows have tall rows
const CROWD = 3; // beyond so many calls at once, their rows are less tall
const LOOK_AGAIN = 20000; // ms: a clerk who is late becomes so without any message

/** Returns {update(view)}. */
export function openWindows(zone) {
  const list = byId("windows");
  const rows = new Map(); // window number → {row, call}
  let view = null;

  const pager = openPager(rowsOf(list), byId("windows-page"), (windows) => {
    list.dataset.many = "";
    if (view.windows.length <= ROOMY) delete list.dataset.many;
    const wanted = windows.map((window) => rows.get(window.number).row);
    if (wanted.length !== list.children.length || wanted.some((row, place) => list.children[place] !== row)) {
      fill(list, wanted);
    }
    const called = wanted.filter((row) => row.classList.contains("window-current")).length;
    list.classList.toggle("windows-crowd", called > CROWD);
  });

  function draw() {
    const calls = currentCalls(view);
    let called = -1;
    view.windows.forEach((window, place) => {
      if (!rows.has(window.number)) rows.set(window.number, { row: h("li.window"), call: null });
      if (drawRow(rows.get(window.number), window, calls.get(window.ticket), zone)) called = place;
    });
    pager.update(view.windows);
    if (called >= 0) pager.open(called);
  }

  setInterval(() => view && draw(), LOOK_AGAIN);
  return {
    update(next) {
      view = next;
      draw();
    },
  };
}

/** How many rows a page has, as the style sheet of this shape of screen says. */
function rowsOf(list) {
  return () => Number(getComputedStyle(list).getPropertyValue("--rows"));
}

/** The calls that are "now": those of the last minute, and the one on the panel. By ticket number. */
function currentCalls(view) {
  const calls = view.call && view.call.state === "called" ? [view.call, ...view.fresh] : view.fresh;
  return new Map(calls.map((call) => [call.number, call.id]));
}

/** Draws a window into its row; true if it has just called. */
function drawRow(entry, window, call, zone) {
  const { row } = entry;
  row.dataset.state = window.state;
  const current = window.state === "calling" && call !== undefined;
  row.classList.toggle("window-current", current);
  fill(row, arch(window.number), words(window), standing(window, zone));
  const news = current && entry.call !== call;
  entry.call = current ? call : null;
  if (news) flash(row);
  return news;
}

function words(window) {
  return h(
    "span.window-words",
    {},
    h("span.window-name", {}, pick(window, "name")),
    window.duty && h("span.window-duty", {}, t("On duty")),
    window.state !== "paused" && h("span.window-word", {}, stateWord(window)),
  );
}

function standing(window, zone) {
  if (window.state === "paused") return pause(window.pause, zone);
  return window.ticket && h("span.window-ticket", { data: { length: window.ticket.length } }, window.ticket);
}

function stateWord(window) {
  if (window.state === "calling") return t("Calling");
  if (window.state === "serving") return t("Serving");
  if (window.state === "closed") return t("Not open");
  return window.waiting === 0 ? t("Free, take a number") : t("Free");
}

function pause({ reason, until }, zone) {
  return h(
    "div.window-pause",
    {},
    h("p.window-paused", {}, icon("pause"), t("Service paused")),
    h("p.window-reason", {}, until ? pauseEnd(reason, new Date(until), zone) : reason),
  );
}

function pauseEnd(reason, until, zone) {
  const now = hallNow();
  if (until <= now) return t("{reason}, back soon", { reason });
  return t("{reason}, back at {time}", { reason, time: whenFrom(now, until, zone) });
}
