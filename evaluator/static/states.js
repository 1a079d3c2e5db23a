/** What each state says. `now` is the hall's time. */

import { byId, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { english, msg, pick, t } from "/static/web/js/words.js";

const STATES = ["idle", "asking", "reasons", "thanks", "paused", "closed"];
const MINUTE = 60000;
const NOTICE = 12000; // ms until the next one
const LONG_REASON = 6; // characters
const LONG_NOTICE = 54;

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

export function renderIdle({ ticket, window: place, notices }, now) {
  const title = ticket ? msg("You are being served") : msg("Please wait for your number to be called");
  setText(byId("idle-title"), t(title));
  setText(byId("idle-second"), english(title));
  setText(byId("idle-number"), ticket ? ticket.number : "");
  setText(byId("idle-service"), ticket ? pick(ticket, "service") : pick(place, "name"));
  const notice = ticket ? null : noticeAt(notices, now);
  byId("idle-notice").hidden = notice === null;
  const text = notice === null ? "" : notice.text;
  byId("idle-notice").dataset.long = String(text.length > LONG_NOTICE);
  setText(byId("idle-notice"), text);
}

/** One after the other of those that are to be read now, while nobody is being served. */
function noticeAt(notices, now) {
  const showing = notices.filter(({ starts, ends }) => (starts === null || new Date(starts) <= now)
    && (ends === null || now < new Date(ends)));
  return showing.length === 0 ? null : showing[Math.floor(now / NOTICE) % showing.length];
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
