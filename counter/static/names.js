/** What the hall calls its services and priority classes, and the chips that show a class. */

import { h, icon } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { listText, msg, pick, t } from "/static/web/js/words.js";

const EVERYWHERE = { ordinary: msg("Ordinary"), appointment: msg("Booked") };
const BACK = { held: msg("After a hold"), sent: msg("Sent to you") };

/** What the hall says of a service; undefined for one that it has no more. */
export function serviceOf(view, code) {
  return view.hall.services.find((one) => one.code === code);
}

export function serviceName(view, code) {
  const service = serviceOf(view, code);
  return service ? pick(service, "name") : code;
}

export function serviceNames(view, codes) {
  return listText(codes.map((code) => serviceName(view, code)));
}

function classOf(view, code) {
  return view.hall.classes.find((one) => one.code === code) || { code, name: code, proof: "", shown: false };
}

export function className(view, code) {
  return pick(classOf(view, code), "name") || t(EVERYWHERE[code] || code);
}

/** Whether a window looks at something for this class. */
export function isProven(view, code) {
  return classOf(view, code).shown;
}

/** The chip of a class: amber for who goes first, green for who booked; none for an ordinary number. */
export function classChip(view, code, { bookedFor = null, zone = null } = {}) {
  if (code === "ordinary" && !bookedFor) return null;
  if (code === "appointment" || (code === "ordinary" && bookedFor)) {
    const words = t(EVERYWHERE.appointment);
    return chip("chip-jade", "calendar", bookedFor ? `${words} ${hourMinute(new Date(bookedFor), zone)}` : words);
  }
  return chip("chip-amber", "heart-hand", className(view, code));
}

/** The chip of a number that was here before. */
export function backChip(back) {
  return back ? chip("chip-blue", back === "held" ? "hourglass" : "swap", t(BACK[back])) : null;
}

export function chip(tone, drawing, words) {
  return h(`span.chip.${tone}`, {}, icon(drawing, "icon-small"), h("span", {}, words));
}
