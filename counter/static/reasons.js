/** Why an action is not to be had now, in words. */

import { msg, t } from "/static/web/js/words.js";

const REASONS = {
  window_closed: msg("The window is closed"),
  window_paused: msg("The window is paused"),
  window_not_paused: msg("The window is open"),
  window_busy: msg("Finish the citizen at the window first"),
  nobody_waits: msg("Nobody is waiting now"),
  nothing_ended: msg("No service of yours has ended here today"),
  nobody_called: msg("Nobody is at the window: call first"),
  not_started: msg("Only once service has started"),
  already_started: msg("Service has started: no recall or no-show any more"),
  started: msg("Service has started"),
  not_called_enough: msg("No-show only after {n} calls"),
  nobody_held: msg("Nobody is on hold here"),
  nothing_to_undo: msg("Nothing to take back now"),
  already_voted: msg("The citizen has rated: it stays finished"),
  no_class: msg("An ordinary number: nothing to verify"),
  no_bookings: msg("This hall takes no bookings"),
  no_paper: msg("This hall keeps no numbers for paper"),
  offline: msg("Offline: please wait until the line is back"),
};

/** The sentence for `why`; it may name the hall's own rule. */
export function reasonText(why, view) {
  return t(REASONS[why], { n: view ? view.hall.rules.calls : "" });
}
