/** What a printer that does not print means for the citizen: the number is good all the same. */

import { english, msg, t } from "/static/web/js/words.js";

const TROUBLES = {
  paper_out: [msg("No paper"), msg("No paper. Your number is still valid.")],
  cover_open: [msg("Printer cover open"), msg("Printer cover open. Your number is still valid.")],
  unreachable: [msg("Printer not answering"), msg("Printer not answering. Your number is still valid.")],
  offline: [msg("Printer not answering"), msg("Printer not answering. Your number is still valid.")],
  mute: [msg("Printer not answering"), msg("Printer not answering. Your number is still valid.")],
  error: [msg("Printer fault"), msg("Printer fault. Your number is still valid.")],
  no_printer: [msg("No slips here now"), msg("No slips here. Your number is still valid.")],
  unknown: [msg("No slips here now"), msg("Slip perhaps incomplete. Your number is still valid.")],
};

function trouble(reason) {
  return TROUBLES[reason] || TROUBLES.unknown;
}

/** The title of the screen without paper, and its English line: {main, second}. */
export function noPaperTitle(reason) {
  const message = trouble(reason)[1];
  return { main: t(message), second: english(message) };
}

/** What home says before the touch, or null while nothing speaks against a paper: a one-way printer never says "ready". */
export function homeNotice(printer) {
  if (printer.state !== "blocked") return null;
  return t("{trouble}; numbers are still given", { trouble: t(trouble(printer.reason)[0]) });
}
