/** Who waits, and the clerk's day in totals. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { waitText } from "/static/web/js/wait-words.js";
import { t } from "/static/web/js/words.js";
import { backChip, classChip, serviceName } from "./names.js";
import { minutes, secondsSince, waited } from "./spans.js";

/** `onCall(number)` hears when one of those waiting is to be called out of turn. */
export function createLists(zone, { onCall }) {
  byId("waiting-line").addEventListener("click", (event) => {
    const button = event.target.closest("[data-call]");
    if (button && !button.getAttribute("aria-disabled")) onCall(button.dataset.call);
  });

  function drawWaiting(view, now, able) {
    const { waiting } = view;
    setText(byId("waiting-title"), t("{n} waiting", { n: waiting.total }));
    const oldest = waiting.oldest ? secondsSince(waiting.oldest, now) : 0;
    setText(byId("oldest"), oldest < 60 ? "" : t("longest {time}", { time: minutes(oldest) }));
    const rows = waiting.line.map((one) => ({
      number: one.number,
      service: serviceName(view, one.service),
      waited: waited(one.queued_at, now),
      still: one.wait ? t("{wait} more", { wait: waitText(one.wait) }) : "",
      priority: one.priority,
      bookedFor: one.booked_for,
      back: one.back,
      next: one.number === waiting.next,
      able,
    }));
    drawRows(byId("waiting-line"), rows, (row) => waitingRow(view, row));
    const more = waiting.total - waiting.line.length;
    const empty = waiting.total ? "" : t("Nobody is waiting now");
    setText(byId("waiting-more"), more > 0 ? t("and {n} more", { n: more }) : empty);
  }

  function waitingRow(view, row) {
    const own = classChip(view, row.priority, { bookedFor: row.bookedFor, zone });
    const call = h(
      "button.button.row-button.row-call",
      { type: "button", data: { call: row.number }, "aria-disabled": row.able ? null : "true", "aria-label": t("Call {number}", { number: row.number }) },
      t("Call"),
    );
    return h(
      row.next ? "li.row.row-next" : "li.row",
      {},
      h("b.row-number", {}, row.number),
      h(
        "span.row-words",
        {},
        h("span.row-line", {}, h("span.row-service", {}, row.service), backChip(row.back)),
        h("span.row-line", {}, h("span.row-wait", {}, row.waited), row.still && h("span.row-wait.row-still", {}, row.still), own),
      ),
      row.next ? h("span.chip.row-chip", {}, t("Next")) : call,
    );
  }

  function drawToday({ today, hall, expected }, asOf) {
    setText(byId("today-as-of"), t("as of {time}", { time: hourMinute(asOf, zone) }));
    setText(byId("finished"), String(today.finished));
    setText(byId("mean"), today.mean_seconds === null ? "–" : (today.mean_seconds / 60).toFixed(1));
    setText(byId("rated"), String(today.rated));
    setText(byId("rated-of"), t("of {n}", { n: today.finished }));
    setText(byId("no-show"), String(today.no_show));
    byId("today-bookings").hidden = !hall.services.some((one) => one.bookable);
    setText(byId("expected"), t("{n} to come", { n: expected }));
  }

  return {
    render(view, now, asOf, online) {
      drawWaiting(view, now, online && !view.actions.refused.call);
      drawToday(view, asOf);
    },
  };
}

/** Rows are made anew only when what they say has changed; the button that had the focus has it again. */
export function drawRows(list, rows, row) {
  const text = JSON.stringify(rows);
  if (list.dataset.shown === text) return;
  list.dataset.shown = text;
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  fill(list, rows.map(row));
  const again = focused && Array.from(list.querySelectorAll("button")).find((one) => one.getAttribute("aria-label") === focused);
  if (again) again.focus();
}
