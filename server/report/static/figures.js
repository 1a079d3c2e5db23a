/** The four figures at the top. */

import { hallNow } from "/static/web/js/clock.js";
import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { msg, phrase, pick } from "/static/web/js/words.js";
import { minutesSince, minutesWithin } from "./durations.js";

/** The sentence with its figures in bold, put in place only when it differs: a reader is not told twice. */
function setPhrase(element, message, values) {
  const key = JSON.stringify([message, values]);
  if (element.dataset.said === key) return;
  element.dataset.said = key;
  const shown = Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? h("b", {}, value) : value]);
  fill(element, phrase(message, Object.fromEntries(shown)));
}

export function showWaiting(view, names) {
  const { count, longest } = view.waiting;
  setText(byId("waiting-count"), String(count));
  const note = byId("waiting-longest");
  if (!longest) {
    setPhrase(note, "Nobody is waiting", {});
    return;
  }
  const service = names.services.find((known) => known.id === longest.service);
  const minutes = minutesSince(longest.since, hallNow());
  setPhrase(note, "Longest {minutes} min, {service}", { minutes, service: pick(service, "name") });
}

export function showFigures(report) {
  const { tickets, total } = report;
  showWait(total.wait);
  setText(byId("tickets-issued"), String(tickets.issued));
  const words = report.paper
    ? msg("Done {done}, now {now}, missed {gone}, cancelled {cancelled}, on paper {paper}")
    : msg("Done {done}, now {now}, missed {gone}, cancelled {cancelled}");
  setPhrase(byId("tickets-note"), words, {
    ...(report.paper ? { paper: report.paper } : {}),
    done: tickets.finished,
    now: tickets.called + tickets.serving + tickets.held,
    gone: tickets.no_show,
    cancelled: tickets.cancelled,
  });
  showSatisfied(total);
}

function showWait(wait) {
  setText(byId("wait-p90"), String(minutesWithin(wait.p90)));
  if (wait.count === 0) {
    setPhrase(byId("wait-note"), "Nobody has been called today", {});
    return;
  }
  setPhrase(byId("wait-note"), "9 in 10 within {p90} min, half within {median}", {
    p90: minutesWithin(wait.p90),
    median: minutesWithin(wait.median),
  });
}

function showSatisfied(total) {
  const { satisfied, voted } = total.votes;
  setText(byId("satisfied-percent"), satisfied.percent === null ? "–" : satisfied.percent.toFixed(1));
  setPhrase(byId("satisfied-note"), "Satisfied {satisfied} / rated {rated} / done {done}", {
    satisfied: satisfied.part,
    rated: voted,
    done: total.finished,
  });
}
