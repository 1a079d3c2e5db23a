/** Draws the ticket of the phone page by its state. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { listText, msg, phrase, pick, t } from "/static/web/js/words.js";
import { windowsPhrase, windowsText } from "./places.js";

const STATES = {
  waiting: {
    chip: msg("Waiting"),
    tone: "",
    sign: "clock",
    note: msg("Please stay in the hall. The call at the window counts."),
  },
  called: {
    chip: msg("Called"),
    tone: "chip-gold",
    sign: "speaker",
    note: msg("Please go to the window now."),
  },
  serving: {
    chip: msg("Being served"),
    tone: "chip-jade",
    sign: "play",
    note: msg("You are being served."),
  },
  held: {
    chip: msg("On hold"),
    tone: "chip-amber",
    sign: "hourglass",
    note: msg("Your case is on hold. The window will call you again."),
  },
  no_show: {
    chip: msg("Missed"),
    tone: "chip-amber",
    sign: "skip",
    note: msg("Missed your call? Please see the service desk."),
  },
  finished: {
    chip: msg("Finished"),
    tone: "chip-jade",
    sign: "check",
    note: msg("Your service is finished. Thank you."),
  },
  cancelled: {
    chip: msg("Cancelled"),
    tone: "chip-plain",
    sign: "cross",
    note: msg("This number is cancelled. Take a new one if you need it."),
  },
  expired: {
    chip: msg("Expired"),
    tone: "chip-plain",
    sign: "clock",
    note: msg("The hall has closed. Please take a new number next time."),
  },
};
const OVER = ["finished", "cancelled", "expired"];
const NODES = 3; // numbers ahead that fit on the line

/** Whether nothing more will happen to the ticket. */
export function isOver(ticket) {
  return OVER.includes(ticket.state);
}

export function drawTicket(ticket) {
  const state = STATES[ticket.state];
  byId("phone").dataset.state = ticket.state;
  setText(byId("number"), ticket.number);
  byId("number").toggleAttribute("data-long", ticket.number.length > 4);
  setText(byId("service"), pick(ticket, "service"));
  byId("chip").className = `chip ${state.tone}`;
  fill(byId("chip"), icon(state.sign, "icon-small"), h("span", {}, t(state.chip)));
  fill(byId("facts"), ticket.state === "waiting" ? [factsOf(ticket), lineOf(ticket)] : null);
  drawGoto(ticket);
  drawPlace(ticket);
  setText(byId("note"), t(state.note));
  byId("cancel").hidden = ticket.state !== "waiting";
}

function factsOf(ticket) {
  const facts = [fact(t("People ahead"), phrase("{n} people", { n: h("b", {}, ticket.ahead) }))];
  if (ticket.windows.length > 0 && ticket.windows.length <= 3) facts.push(fact(t("Served at window"), windowsPhrase(ticket.windows)));
  return h("div.ticket-facts", {}, facts);
}

function fact(label, value) {
  return h("div.ticket-fact", {}, h("p.second.ticket-label", {}, label), h("p.ticket-value", {}, value));
}

/** The people ahead as a line of numbers that ends at the citizen. */
function lineOf(ticket) {
  const before = ticket.before.slice(-NODES);
  const more = ticket.ahead - before.length;
  const nodes = before.map((number) => node(number, ""));
  if (more > 0) nodes.unshift(node(t("{n} more", { n: more }), "", "line-more"));
  nodes.push(node(ticket.number, t("you"), "line-you"));
  return h("ol.line", {}, nodes);
}

function node(number, word, kind = "line-ahead") {
  return h(`li.line-node.${kind}`, {}, h("span.line-number", {}, number), word ? h("span.second", {}, word) : null);
}

function drawGoto(ticket) {
  const called = ticket.state === "called" && ticket.window;
  byId("goto").hidden = !called;
  if (!called) return;
  const arch = h("span.arch.arch-white.arch-number", {}, ticket.window);
  fill(byId("goto"), icon("speaker"), h("p.goto-words", {}, phrase("Please go to window {window}", { window: arch })));
}

function drawPlace(ticket) {
  const place = pick(ticket, "place");
  byId("place-card").hidden = ticket.state !== "waiting" || (!place && ticket.windows.length === 0);
  setText(byId("place"), place || windowsText(ticket.windows));
  setText(byId("windows"), place && ticket.windows.length ? t("Served at {windows}", { windows: windowsText(ticket.windows) }) : "");
}
