/** 挂起与过号: what has been put aside, each with the one button that brings it back. */

import { byId, h, icon, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { msg, t } from "/static/web/js/words.js";
import { drawRows } from "./lists.js";
import { minutes, secondsSince } from "./spans.js";

const KINDS = {
  with_papers: { words: msg("Papers here"), tone: "chip-amber" },
  without_papers: { words: msg("Papers taken"), tone: "chip-plain" },
  waiting: { words: msg("Waits here"), tone: "chip-blue" },
};

export function mayRejoin(one, now) {
  return one.until === null || Date.parse(one.until) >= now.getTime();
}

/** `onResume(id)` and `onRejoin(id, number)` hear of presses that may be made. */
export function createShelf(zone, { onResume, onRejoin }) {
  const time = (iso) => hourMinute(new Date(iso), zone);

  function held(one, now, able) {
    const overdue = one.until !== null && Date.parse(one.until) <= now.getTime();
    const since = minutes(secondsSince(one.since, now));
    const lasting = secondsSince(one.since, now) < 60 ? t("just now") : t("on hold for {time}", { time: since });
    const until = one.until === null ? lasting : t("{time} reminder", { time: time(one.until) });
    const kind = overdue ? { words: msg("Overdue"), tone: "chip-red" } : KINDS[one.kind];
    return {
      id: one.id,
      number: one.number,
      chip: t(kind.words),
      tone: kind.tone,
      drawing: overdue ? "warning" : "hourglass",
      words: one.reason,
      second: overdue ? t("was due at {time}", { time: time(one.until) }) : until,
      action: "resume",
      verb: t("Go on"),
      able,
    };
  }

  function passed(one, now, able) {
    const back = mayRejoin(one, now);
    return {
      id: one.id,
      number: one.number,
      chip: t("Passed"),
      tone: "chip-plain",
      drawing: "skip",
      words: t("{time}, called {n} times, did not come", { time: time(one.called_at), n: one.calls }),
      second: back ? "" : t("Too late: a new number, please"),
      action: "rejoin",
      verb: t("Back in line"),
      able: able && back,
    };
  }

  byId("aside-line").addEventListener("click", (event) => {
    const button = event.target.closest("[data-bring]");
    if (!button || button.getAttribute("aria-disabled")) return;
    const { bring, ticket, number } = button.dataset;
    if (bring === "resume") onResume(ticket);
    else onRejoin(ticket, number);
  });

  return {
    render(view, now, online) {
      const count = view.held.length + view.passed.total;
      const mayResume = online && !view.actions.refused.resume;
      const rows = [
        ...view.held.map((one) => held(one, now, mayResume)),
        ...view.passed.line.map((one) => passed(one, now, online)),
      ];
      const busy = view.held.length > 0 && view.actions.refused.resume === "window_busy";
      setText(byId("aside-total"), busy ? t("After this one") : String(count));
      setText(byId("aside-count"), t("{held} on hold, {passed} passed", { held: view.held.length, passed: view.passed.total }));
      drawRows(byId("aside-line"), rows, row);
      byId("aside-none").hidden = rows.length > 0;
    },
  };
}

function row(one) {
  const data = { bring: one.action, ticket: one.id, number: one.number };
  return h(
    "li.row.aside-row",
    {},
    h(
      "div.aside-words",
      {},
      h("p.aside-head", {}, h("b.row-number", {}, one.number), h(`span.chip.${one.tone}`, {}, icon(one.drawing, "icon-small"), h("span", {}, one.chip))),
      h("p.aside-why", {}, one.words, one.second && h("span.aside-second", {}, one.second)),
    ),
    h("button.button.row-button", { type: "button", data, "aria-disabled": one.able ? null : "true", "aria-label": `${one.verb} ${one.number}` }, one.verb),
  );
}
