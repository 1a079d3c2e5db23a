/** The citizen at the window: number, class, state, how long; or that the window is free or paused. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { msg, pick, t } from "/static/web/js/words.js";
import { showText } from "./fields.js";
import { classChip, isProven, serviceName, serviceNames } from "./names.js";
import { minutes, secondsSince, stopwatch } from "./spans.js";

const CHIPS = {
  arrived: { words: msg("Somebody has come"), icon: "bell-desk", tone: "chip-gold" },
  called: { words: msg("Just called"), icon: "speaker", tone: "chip-gold" },
  serving: { words: msg("In service"), icon: "play", tone: "chip-jade" },
  paused: { words: msg("Paused"), icon: "pause", tone: "chip-amber" },
};
const GAUGE = 100; // the drawing's width in its own units

/** `onVerify(verified)` hears what the clerk found of the proof. */
export function createTicket(zone, { onVerify }) {
  const time = (iso) => hourMinute(new Date(iso), zone);
  let chipShown = null;
  for (const button of byId("verify").querySelectorAll("button")) {
    button.addEventListener("click", () => onVerify(button.dataset.verified === "true"));
  }

  function drawChip(kind) {
    const element = byId("ticket-chip");
    element.hidden = kind === null;
    if (kind === null || kind === chipShown) return;
    chipShown = kind;
    element.className = `chip ${CHIPS[kind].tone}`;
    fill(element, icon(CHIPS[kind].icon, "icon-small"), h("span", {}, t(CHIPS[kind].words)));
  }

  function drawClass(view) {
    const { ticket } = view;
    const element = byId("ticket-class");
    const text = ticket ? `${ticket.id} ${ticket.priority}` : "";
    if (element.dataset.shown !== text) {
      element.dataset.shown = text;
      const ordinary = () => h("span.chip.chip-plain", {}, t("Ordinary"));
      fill(element, ticket && (classChip(view, ticket.priority, { zone }) || ordinary()));
    }
    const proven = ticket !== null && isProven(view, ticket.priority);
    byId("verify").hidden = !proven;
    byId("ticket").toggleAttribute("data-proven", proven);
    for (const button of byId("verify").querySelectorAll("button")) {
      const pressed = ticket && ticket.verified === (button.dataset.verified === "true");
      button.setAttribute("aria-pressed", String(Boolean(pressed)));
    }
  }

  function drawNobody({ window, waiting }, arrived) {
    const { pause } = window;
    const free = arrived ? "arrived" : null;
    drawChip(pause ? "paused" : free);
    setText(byId("ticket-title"), t("Window free"));
    setText(byId("ticket-number"), "");
    const line = waiting.total ? t("{n} waiting", { n: waiting.total }) : t("Nobody is waiting now");
    setText(byId("ticket-idle"), pause ? t("Nobody is called here now") : line);
    drawFacts([]);
  }

  function drawTicket(view, now) {
    const { ticket, today } = view;
    const serving = ticket.state === "serving";
    drawChip(serving ? "serving" : "called");
    setText(byId("ticket-title"), serviceName(view, ticket.service));
    setText(byId("ticket-number"), ticket.number);
    const since = secondsSince(serving ? ticket.started_at : ticket.last_called_at, now);
    const seconds = serving ? Math.max(0, since - ticket.held_seconds) : since;
    setText(byId("elapsed-name"), serving ? t("In service for") : t("Called since"));
    setText(byId("elapsed"), stopwatch(seconds));
    drawMean(serving && !noteOf(ticket), seconds, today.mean_seconds);
    drawFacts(facts(view));
  }

  function facts(view) {
    const { ticket } = view;
    const kiosk = ticket.kiosk ? `  ${pick(ticket.kiosk, "name")}` : "";
    const waitedFor = secondsSince(ticket.queued_at, new Date(ticket.called_at));
    return [
      [t("Number taken"), time(ticket.issued_at) + kiosk],
      [t("Waited"), minutes(waitedFor)],
      [t("Called at"), t("{time}, call {n}", { time: time(ticket.called_at), n: ticket.calls })],
      ticket.notices.length ? [t("Notices given"), ticket.notices.map((one) => one.number).join(" ")] : null,
      onward(view),
    ].filter(Boolean);
  }

  return {
    /** `arrived`: whether the first citizen of a free window has just come. */
    render(view, now, arrived) {
      const { ticket } = view;
      byId("ticket").dataset.state = ticket ? ticket.state : view.window.state;
      const note = ticket && noteOf(ticket);
      byId("ticket").toggleAttribute("data-note", Boolean(note));
      byId("ticket-number").hidden = !ticket;
      byId("ticket-idle").hidden = Boolean(ticket);
      byId("ticket-time").hidden = !ticket;
      showText(byId("ticket-note"), note);
      drawClass(view);
      if (ticket) drawTicket(view, now);
      else drawNobody(view, arrived);
    },
  };
}

/** What a colleague wrote and, where somebody handed the citizen over, who was asked first. */
function noteOf({ note, first }) {
  const words = note ? t("Note from window {number}: {text}", { number: note.window, text: note.text }) : null;
  if (!first) return words;
  const origin = t("First contact: {name} {work}, window {number}", { name: first.name, work: first.work_number, number: first.window });
  const phone = first.phone ? t("phone …{digits}", { digits: first.phone }) : "";
  const own = note && note.text === first.note ? "" : first.note;
  return [origin, phone, own, words].filter(Boolean).join("  ");
}

/** What comes after this service, for a combined visit or a ticket that was lent. */
function onward(view) {
  const { ticket } = view;
  if (ticket.returns_to) return [t("Afterwards"), t("back to window {number}", { number: ticket.returns_to })];
  return ticket.then.length ? [t("Afterwards"), serviceNames(view, ticket.then)] : null;
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
  fill(list, facts.map(([name, value]) => h("div.fact", {}, h("dt", {}, name), h("dd", { title: value }, value))));
}
