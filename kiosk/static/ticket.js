/** Puts a ticket into both result screens: elements say by data-fill, data-show and data-qr what they hold. */

import { byId, fill, setText } from "/static/web/js/dom.js";
import { hourMinute, monthDay } from "/static/web/js/times.js";
import { waitParts } from "/static/web/js/wait-words.js";
import { inEnglish, pick, t } from "/static/web/js/words.js";
import { waitAt, windowsPhrase, windowsText } from "./places.js";

const LONG = 5; // figures from which a number is set smaller
const FEW = 4; // windows that still fit as large figures

export function fillTicket(ticket, service, view) {
  const words = wordsOf(ticket, service, view);
  for (const element of document.querySelectorAll("[data-fill]")) setText(element, words[element.dataset.fill]);
  for (const element of document.querySelectorAll(".ticket-number")) {
    element.toggleAttribute("data-long", ticket.number.length >= LONG);
  }
  // Whoever typed a number is shown nothing that opens its ticket.
  show("qr", Boolean(ticket.qr_svg_url));
  for (const image of document.querySelectorAll("[data-qr]")) image.src = ticket.qr_svg_url || "data:,";

  const showWindows = !ticket.wait && service.windows.length > 0 && service.windows.length <= FEW;
  show("wait", Boolean(ticket.wait));
  show("priority", Boolean(words.priority));
  show("then", ticket.then.length > 0);
  byId("kiosk").toggleAttribute("data-then", ticket.then.length > 0);
  show("place-note", ticket.then.length === 0);
  show("windows", showWindows);
  if (showWindows) {
    for (const element of document.querySelectorAll("[data-windows]")) fill(element, windowsPhrase(service.windows));
  }
}

function show(name, on) {
  for (const element of document.querySelectorAll(`[data-show="${name}"]`)) element.hidden = !on;
}

function wordsOf(ticket, service, view) {
  const issued = new Date(ticket.issued_at);
  const zone = view.hall.time_zone;
  const wait = waitParts(ticket.wait);
  const at = `${monthDay(issued, zone)} ${hourMinute(issued, zone)}`;
  return {
    number: ticket.number,
    priority: priorityOf(ticket, view),
    then: thenOf(ticket, view),
    service: pick(service, "name"),
    issued: t("Taken {time}", { time: at }),
    ahead: String(ticket.ahead),
    "ahead-unit": ticket.ahead === 1 ? t("person") : t("people"),
    wait: wait.value,
    "wait-unit": wait.unit,
    place: waitAt(service),
    "place-note": placeNote(ticket, service),
    "place-short": pick(service, "place") || windowsText(service.windows),
    "call-note": t("When {number} is called, say it at the window", { number: ticket.number }),
  };
}

function priorityOf(ticket, view) {
  const known = view.classes.find((one) => one.code === ticket.priority);
  if (known) return pick(known, "name");
  return ticket.appointment ? t("Booked") : "";
}

/** The further services of a combined visit, in their order. */
function thenOf(ticket, view) {
  const names = ticket.then.map((code) => pick(view.services.find((one) => one.code === code), "name"));
  return t("Then: {services}", { services: names.join(inEnglish ? ", then " : " \u2192 ") });
}

function placeNote(ticket, service) {
  const windows = windowsText(service.windows);
  return ticket.wait && windows
    ? t("Served at {windows}; go there when your number is called", { windows })
    : t("Go to the window when your number is called");
}
