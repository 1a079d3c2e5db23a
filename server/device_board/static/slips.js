/** What can be had on paper from a printer's card: a test slip, and for leaders what the day came to. */

import { newKey, post } from "/static/web/js/api.js";
import { h, icon } from "/static/web/js/dom.js";
import { msg, t } from "/static/web/js/words.js";

const TEST = { path: "kiosk/self-test", words: msg("Print a test slip"), sign: "printer" };
const DAY = { path: "slips/day", words: msg("Print the day's summary"), sign: "receipt" };

/** `tell(words, good)` says what came of it. Whoever is told where a printer is on the network is a leader. */
export function slipButtons(printer, tell) {
  const leader = Boolean(printer.link && printer.link.address);
  return h("div.printer-slips", {}, [TEST, leader && DAY].filter(Boolean).map((slip) => button(slip, printer, tell)));
}

function button({ path, words, sign }, printer, tell) {
  const element = h("button.button", {
    type: "button",
    onclick: async () => {
      if (element.getAttribute("aria-busy")) return;
      element.setAttribute("aria-busy", "true");
      const { status, body } = await post(`/api/v1/${path}`, { printer: printer.id }, newKey());
      element.removeAttribute("aria-busy");
      if (status === 401) window.location.reload();
      else if (status === 0) tell(t("No answer from the server"), false);
      else if (status >= 400) tell(body.error.message, false);
      else tell(t("It is being printed"), true);
    },
  }, icon(sign, "icon-small"), h("span", {}, t(words)));
  return element;
}
