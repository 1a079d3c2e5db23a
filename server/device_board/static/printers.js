/** The printers: a card for each, those in need of somebody first. */

import { byId, fill, h, icon } from "/static/web/js/dom.js";
import { isUnsure, isWell, placesText, problemText, stateText } from "/static/web/js/device-words.js";
import { hourMinute } from "/static/web/js/times.js";
import { msg, t } from "/static/web/js/words.js";
import { jobText, slipText } from "./job-words.js";
import { slipButtons } from "./slips.js";
import { sinceSpan } from "./spans.js";

const RESTART = msg("Switch the printer off, wait five seconds, switch it on again");
const CABLE = msg("See whether the printer is on, and whether its cable sits firmly at both ends");
const MEND = {
  paper_out: msg("Open the cover and put in a new roll of {width} mm thermal paper"),
  cover_open: msg("Press the cover down until it clicks"),
  error: msg("Switch it off, open the cover and take out the jammed paper; if that does not help, call the repair service"),
  offline: RESTART,
  mute: RESTART,
  unreachable: CABLE,
  link_lost: CABLE,
};
const PAPER = {
  ok: { words: msg("enough"), chip: "jade", sign: "check" },
  near: { words: msg("nearly used up"), chip: "amber", sign: "warning" },
  out: { words: msg("none left"), chip: "red", sign: "cross" },
};
const COVER = {
  closed: { words: msg("shut"), chip: "jade", sign: "check" },
  open: { words: msg("not shut"), chip: "red", sign: "cross" },
};
const NOT_TOLD = { words: msg("does not tell"), chip: "plain", sign: null };
const LINKS = {
  tcp: msg("Network"),
  serial: msg("Serial line"),
  file: msg("USB"), // the kernel's own device file of a printer that is plugged in
  usb: msg("USB"),
  cups: msg("Printing system (CUPS)"),
  agent: msg("The window's computer"),
};
const COUNTS = ["printed", "sent", "unknown", "blocked", "dropped", "under_way"];
const ALWAYS = ["printed", "unknown", "blocked"]; // the others are named when there are any

/** `tell(words, good)`: see slips.js. */
export function showPrinters(printers, zone, tell) {
  const worst = (printer) => (isWell(printer) ? Number(printer.paper !== "near") + 1 : 0);
  const sorted = [...printers].sort((one, other) => worst(one) - worst(other));
  const none = h("li.card.empty", {}, t("No printer is set up for this hall"));
  fill(byId("printers"), sorted.length ? sorted.map((printer) => card(printer, zone, tell)) : none);
}

function card(printer, zone, tell) {
  return h(`li.card.printer.printer-${mannerOf(printer)}`, { data: { printer: printer.id } },
    h("div.printer-head", {}, icon("printer"), h("h3.printer-name", {}, placesText(printer.places)), stateChip(printer)),
    h("p.printer-since.second", {}, sinceSpan(printer.since, zone)),
    toDo(printer),
    h("dl.facts", {},
      fact(t("Paper"), chip(PAPER[printer.paper] || NOT_TOLD)),
      fact(t("Cover"), chip(COVER[printer.cover] || NOT_TOLD)),
      fact(t("Last paper"), last(printer.last, zone)),
      fact(t("Today"), counts(printer.jobs)),
      printer.link && fact(t("Connection"), link(printer.link))),
    slipButtons(printer, tell));
}

function mannerOf(printer) {
  if (isUnsure(printer)) return "unsure";
  if (!isWell(printer)) return "ill";
  return printer.paper === "near" ? "soon" : "well";
}

function stateChip(printer) {
  const words = printer.reason ? problemText(printer.reason) : stateText(printer.state);
  if (isUnsure(printer)) return chip({ words, chip: "plain", sign: "hourglass" });
  return chip(isWell(printer) ? { words, chip: "jade", sign: "check" } : { words, chip: "red", sign: "cross" });
}

function chip({ words, chip: colour, sign }) {
  return h(`span.chip.chip-${colour}`, {}, sign && icon(sign, "icon-small"), h("span", {}, t(words)));
}

function toDo(printer) {
  const width = printer.width || 80;
  if (MEND[printer.reason]) return h("p.printer-do", {}, t(MEND[printer.reason], { width }));
  if (printer.paper !== "near") return null;
  return h("p.printer-do", {}, t("It goes on printing. Have a new roll of {width} mm ready", { width }));
}

function fact(name, value) {
  return h("div.fact", {}, h("dt", {}, name), h("dd", {}, value));
}

function last(job, zone) {
  if (!job) return t("none yet today");
  return h("span", {}, h("b", {}, job.number || slipText(job.slip)), ` ${hourMinute(new Date(job.at), zone)} ${jobText(job.state)}`);
}

function counts(jobs) {
  const named = COUNTS.filter((state) => jobs[state] > 0 || ALWAYS.includes(state));
  return named.map((state) => h("span.count", {}, `${jobText(state)} `, h("b", {}, jobs[state])));
}

function link({ kind, address }) {
  const words = LINKS[kind] ? t(LINKS[kind]) : kind;
  return address ? h("span", {}, `${words} `, h("span.address", {}, address)) : words;
}
