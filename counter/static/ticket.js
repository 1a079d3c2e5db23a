/** The citizen at the window: number, state, how long; or that the window is free or paused. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { msg, pick, t } from "/static/web/js/words.js";
import { minutes, secondsSince, stopwatch } from "./spans.js";

const CHIPS = {
  called: { words: msg("Just called"), icon: "speaker", tone: "chip-gold" },
  serving: { words: msg("In service"), icon: "play", tone: "chip-jade" },
  paused: { words: msg("Paused"), icon: "pause", tone: "chip-amber" },
};
const GAUGE = 100; // the drawing's width in its own units

export function createTicket(zone) {
  let chipShown = null;

  function drawChip(kind) {
    const chip = byId("ticket-chip");
    chip.hidden = kind === null;
    if (kind === null || kind === chipShown) return;
    chipShown = kind;
    chip.className = `chip ${CHIPS[kind].tone}`;
    fill(chip, icon(CHIPS[kind].icon, "icon-small"), h("span", {}, t(CHIPS[kind].words)));
  }

  function drawNobody({ window, waiting }) {
    const { pause } = window;
    drawChip(pause ? "paused" : null);
    setText(byId("ticket-title"), t("Window free"));
    setText(byId("ticket-number"), "");
    const line = waiting.total ? t("{n} waiting", { n: waiting.total }) : t("Nobody is waiting now");
    setText(byId("ticket-idle"), pause ? t("Nobody is called here now") : line);
    drawFacts([]);
  }

  function drawTicket({ ticket, window, today }, now) {
    const service = window.services.find((one) => one.code === ticket.service);
    const serving = ticket.state === "serving";
    drawChip(serving ? "serving" : "called");
    setText(byId("ticket-title"), service ? pick(service, "name") : ticket.service);
    setText(byId("ticket-number"), ticket.number);
    const seconds = secondsSince(serving ? ticket.started_at : ticket.last_called_at, now);
    setText(byId("elapsed-name"), serving ? t("In service for") : t("Called since"));
    setText(byId("elapsed"), stopwatch(seconds));
    drawMean(serving, seconds, today.mean_seconds);
    const waitedFor = secondsSince(ticket.issued_at, new Date(ticket.called_at));
    const kiosk = ticket.kiosk ? `  ${pick(ticket.kiosk, "name")}` : "";
    drawFacts([
      [t("Number taken"), hourMinute(new Date(ticket.issued_at), zone) + kiosk],
      [t("Waited"), minutes(waitedFor)],
      [t("Called at"), t("{time}, {n} times", { time: hourMinute(new Date(ticket.called_at), zone), n: ticket.calls })],
    ]);
  }

  return {
    render(view, now) {
      const { ticket } = view;
      byId("ticket").dataset.state = ticket ? ticket.state : view.window.state;
      byId("ticket-number").hidden = !ticket;
      byId("ticket-idle").hidden = Boolean(ticket);
      byId("ticket-time").hidden = !ticket;
      if (ticket) drawTicket(view, now);
      else drawNobody(view);
    },
  };
}

/** The bar ends at the clerk's own mean of today: something to go by, not a limit. */
function drawMean(serving, seconds, mean) {
  const shown = serving && mean !== null && mean > 0;
  byId("gauge").hidden = !shown;
  setText(byId("elapsed-mean"), shown ? t("Your mean today {n} min", { n: (mean / 60).toFixed(1) }) : "");
  if (shown) byId("gauge-done").setAttribute("width", String(Math.min(GAUGE, Math.round((GAUGE * seconds) / mean))));
}

function drawFacts(facts) {
  const list = byId("facts");
  const text = JSON.stringify(facts);
  if (list.dataset.shown === text) return;
  list.dataset.shown = text;
  fill(list, facts.map(([name, value]) => h("div.fact", {}, h("dt", {}, name), h("dd", {}, value))));
}
