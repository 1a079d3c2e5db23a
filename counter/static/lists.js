/** Who waits, who was passed, and the clerk's day in totals. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { pick, t } from "/static/web/js/words.js";
import { minutes, secondsSince, waited } from "./spans.js";

export function createLists(zone) {
  const time = (iso) => hourMinute(new Date(iso), zone);

  function drawWaiting({ waiting, window }, now) {
    setText(byId("waiting-title"), t("{n} waiting", { n: waiting.total }));
    const oldest = waiting.oldest ? secondsSince(waiting.oldest, now) : 0;
    setText(byId("oldest"), oldest < 60 ? "" : t("longest {time}", { time: minutes(oldest) }));
    const rows = waiting.line.map((one) => ({
      number: one.number,
      service: pick(window.services.find((service) => service.code === one.service), "name"),
      waited: waited(one.queued_at, now),
      next: one.number === waiting.next,
    }));
    draw(byId("waiting-line"), rows, waitingRow);
    const more = waiting.total - waiting.line.length;
    const empty = waiting.total ? "" : t("Nobody is waiting now");
    setText(byId("waiting-more"), more > 0 ? t("and {n} more", { n: more }) : empty);
  }

  function drawPassed({ passed }) {
    setText(byId("passed-total"), String(passed.total));
    const rows = passed.line.map((one) => ({
      number: one.number,
      words: t("{time}, called {n} times, did not come", { time: time(one.called_at), n: one.calls }),
    }));
    draw(byId("passed-line"), rows, passedRow);
    byId("passed-none").hidden = rows.length > 0;
  }

  function drawToday({ today }, asOf) {
    setText(byId("today-as-of"), t("as of {time}", { time: hourMinute(asOf, zone) }));
    setText(byId("finished"), String(today.finished));
    setText(byId("mean"), today.mean_seconds === null ? "–" : (today.mean_seconds / 60).toFixed(1));
    setText(byId("rated"), String(today.rated));
    setText(byId("rated-of"), t("of {n}", { n: today.finished }));
    setText(byId("no-show"), String(today.no_show));
  }

  return {
    render(view, now, asOf) {
      drawWaiting(view, now);
      drawPassed(view);
      drawToday(view, asOf);
    },
  };
}

function waitingRow({ number, service, waited: words, next }) {
  return h(
    next ? "li.row.row-next" : "li.row",
    {},
    h("b.row-number", {}, number),
    h("span.row-words", {}, h("span.row-service", {}, service), h("span.row-wait", {}, words)),
    next && h("span.chip.row-chip", {}, t("Next")),
  );
}

function passedRow({ number, words }) {
  return h("li.row", {}, h("b.row-number", {}, number), h("span.row-words", {}, words));
}

/** Rows are made anew only when what they say has changed. */
function draw(list, rows, row) {
  const text = JSON.stringify(rows);
  if (list.dataset.shown === text) return;
  list.dataset.shown = text;
  fill(list, rows.map(row));
}
