/** Words for the hall's devices, the same on every page that tells of them. */

import { listText, msg, pick, t } from "./words.js";

const KINDS = {
  printer: msg("Printers"),
  pad: msg("Evaluators"),
  keypad: msg("Keypads"),
  display: msg("Screens"),
  strip: msg("Window strips"),
  speaker: msg("Speakers"),
  agent: msg("Printers' PCs"),
};
const STATES = {
  ready: msg("Ready"),
  online: msg("Online"),
  blocked: msg("Cannot print"),
  offline: msg("Not connected"),
  settling: msg("Getting ready"),
  unknown: msg("Not known yet"),
};
const WELL = ["ready", "online"];
const UNSURE = ["settling", "unknown"];
const WHAT = {
  paper_out: msg("out of paper"),
  paper_near: msg("paper nearly used up"),
  cover_open: msg("cover open"),
  error: msg("knife or head in trouble"),
  offline: msg("switched to offline"),
  unreachable: msg("cannot be reached"),
  mute: msg("does not answer"),
  link_lost: msg("connection lost while printing"),
  no_ack: msg("did not confirm the last slip"),
  pad_offline: msg("evaluator not connected"),
  pad_not_answering: msg("evaluator does not answer"),
  chattering: msg("evaluator sends by itself, its presses are not counted"),
  line_noisy: msg("noise on its line"),
  keypad_offline: msg("keypad not connected"),
  keypad_locked: msg("wrong codes were typed at the keypad: it takes none for a minute"),
  display_offline: msg("its page is not open"),
  strip_offline: msg("window strip not connected"),
  strip_not_answering: msg("window strip does not answer"),
  not_answering: msg("does not answer"),
  blind: msg("does not show the calls it is given"),
  speaker_offline: msg("no screen or PC is there that could sound"),
  sound_blocked: msg("the sound has to be turned on by a touch"),
  clips_missing: msg("recordings are missing, some calls stay silent"),
  deaf: msg("what it is told to say does not sound"),
  overdue: msg("more is called than it can say in a minute: some numbers were not spoken"),
  unspeakable: msg("an announcement cannot be made into speech, somebody has to read it out"),
  papers_open: msg("slips begun there, whose end is not known yet"),
  no_printer: msg("no printer is set up"),
  no_sound_card: msg("sound card not found"),
  sound_card: msg("the sound card does not play"),
  sound_card_busy: msg("the sound card is used by another program"),
  sound_card_forbidden: msg("the program may not use the sound card"),
  no_aplay: msg("the program aplay is not installed"),
  no_speaker: msg("its PC knows no such speaker"),
  agent_away: msg("the PC that it hangs on is not connected"),
  no_pad: msg("its PC knows no such evaluator"),
};

export function kindText(kind) {
  return KINDS[kind] ? t(KINDS[kind]) : kind;
}

export function stateText(state, kind = "printer") {
  if (state === "blocked" && kind !== "printer") return t("In trouble");
  return STATES[state] ? t(STATES[state]) : state;
}

export function isWell({ state }) {
  return WELL.includes(state);
}

/** Neither well nor in need of anybody: it passes. */
export function isUnsure({ state }) {
  return UNSURE.includes(state);
}

/** What is wrong, by the `what` of an alert or the `reason` of a printer; a code without words is shown as it is. */
export function problemText(what) {
  if (WHAT[what]) return t(WHAT[what]);
  return what.endsWith("_offline") ? t("not connected") : what;
}

/** Where a device stands: several places share one. */
export function placesText(places) {
  return listText(places.map(placeText));
}

function placeText(place) {
  return place.kind === "window" ? t("Window {number}", { number: place.id }) : pick(place, "name");
}
