/** How the printer is, and what whoever stands before it can do: for the staff, in words. */

import { msg, t } from "/static/web/js/words.js";

const OPEN_AND_LOAD = msg("Open the lid, put a new roll in, close the lid: it goes on by itself");
const POWER_AND_CABLE = msg("Check its power and its cable, then wait for half a minute");
const TROUBLES = {
  paper_out: [msg("No paper"), OPEN_AND_LOAD],
  cover_open: [msg("Printer cover open"), msg("Close the lid until it clicks")],
  unreachable: [msg("Printer not answering"), POWER_AND_CABLE],
  link_lost: [msg("Printer not answering"), POWER_AND_CABLE],
  offline: [msg("Printer not answering"), POWER_AND_CABLE],
  mute: [msg("Printer not answering"), POWER_AND_CABLE],
  error: [msg("Printer fault"), msg("Turn it off and on; if that does not help, have it repaired")],
};
const FAULT = [msg("Printer fault"), POWER_AND_CABLE];

/** {sign, main, second, tone} of the panel's `printer` {state, reason, paper}. */
export function conditionOf({ state, reason, paper }) {
  if (state === "none" || reason === "no_printer") {
    return { sign: "printer", tone: "plain", main: t("This kiosk has no printer"), second: "" };
  }
  if (state === "ready" && paper === "near") {
    return { sign: "warning", tone: "amber", main: t("Paper runs low"), second: t("Have a new roll at hand") };
  }
  if (state === "ready") return { sign: "check", tone: "jade", main: t("The printer is well"), second: "" };
  if (state === "blocked") {
    const [main, second] = TROUBLES[reason] || FAULT;
    return { sign: "warning", tone: "amber", main: t(main), second: t(second) };
  }
  return { sign: "printer", tone: "plain", main: t("The printer says nothing of itself"), second: t("Take a number to see whether it prints") };
}
