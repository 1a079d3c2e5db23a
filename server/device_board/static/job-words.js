/** Words for slips and for what is known of their papers. */

import { msg, t } from "/static/web/js/words.js";

const STATES = {
  queued: msg("under way"),
  checking: msg("under way"),
  sending: msg("under way"),
  await_ack: msg("under way"),
  under_way: msg("under way"),
  paused: msg("stopped halfway"),
  printed: msg("printed"),
  sent: msg("sent"),
  unknown: msg("not certain"),
  blocked: msg("not printed"),
  dropped: msg("too late, dropped"),
};
const SLIPS = {
  ticket: msg("Ticket"),
  appointment: msg("Booking slip"),
  "missing-documents": msg("Missing papers slip"),
  receipt: msg("Receipt"),
  day: msg("Day's summary"),
  "self-test": msg("Self-test"),
};

export function jobText(state) {
  return STATES[state] ? t(STATES[state]) : state;
}

export function slipText(slip) {
  return SLIPS[slip] ? t(SLIPS[slip]) : slip;
}
