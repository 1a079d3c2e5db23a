/** What each state says. `now` is the hall's time. */

import { byId, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { english, msg, pick, t } from "/static/web/js/words.js";

const STATES = ["idle", "asking", "reasons", "thanks", "paused", "closed"];
const MINUTE = 60000;
const LONG_REASON = 6; // characters

/** Show one state; true when it was another before. */
export function showState(phase) {
  const evaluator = byId("evaluator");
  const changed = byId(`state-${phase}`).hidden;
  if (!changed) return false;
  evaluator.dataset.phase = phase;
  for (const state of STATES) byId(`state-${state}`).hidden = state !== phase;
  byId("decline").hidden = phase !== "asking";
  // A reader begins at the heading. No face takes the focus: none is a default.
  byId(`${phase}-title`).focus({ preventScroll: true });
  return true;
}

export function renderIdle({ ticket, window: place }) {
  const title = ticket ? msg("You are being served") : msg("Please wait for your number to be called");
  setText(byId("idle-title"), t(title));
  setText(byId("idle-second"), english(title));
  setText(byId("idle-number"), ticket ? ticket.number : "");
  setText(byId("idle-service"), ticket ? pick(ticket, "service") : pick(place, "name"));
}

export function renderAsking({ ticket }) {
  setText(byId("asking-number"), ticket.number);
  setText(byId("asking-service"), pick(ticket, "service"));
}

export function renderPaused(pause, now, zone) {
  setText(byId("paused-reason"), pause.reason);
  byId("paused-reason-card").dataset.long = String(pause.reason.length > LONG_REASON);
  byId("paused-until-card").hidden = pause.until === null;
  byId("paused-left-card").hidden = pause.until === null;
  if (pause.until === null) return;
  const until = new Date(pause.until);
  const minutes = Math.ceil((until - now) / MINUTE);
  setText(byId("paused-until"), hourMinute(until, zone));
  setText(byId("paused-left-label"), minutes > 0 ? t("Time left") : t("At present"));
  setText(byId("paused-left"), minutes > 0 ? t("{n} min", { n: minutes }) : t("On the way back"));
}
