/** Draws the ticket of the phone page by its state. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { waitParts } from "/static/web/js/wait-words.js";
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
  },
  no_show: {
    chip: msg("Missed"),
    tone: "chip-amber",
    sign: "skip",
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
const VOID = { chip: msg("Void"), tone: "chip-plain", sign: "cross", note: msg("This number was called too long ago. Please take a new one.") };
const NEAR = msg("Nearly your turn: please wait close to the window");
const STEPS = {
  done: { sign: "check", word: msg("Done") },
  now: { sign: "arrow", word: msg("Now") },
  next: { sign: "clock", word: msg("Afterwards") },
};
const OVER = ["finished", "cancelled", "expired"];
const NODES = 3; // numbers ahead that fit on the line

/** Whether nothing more will happen to the ticket. */
export function isOver(ticket) {
  return OVER.includes(ticket.state);
}

/** So few ahead that it is nearly its turn. */
export function isNear(ticket) {
  return ticket.state === "waiting" && ticket.ahead <= ticket.near;
}

/** `zone`: the hall's, for the times of day. */
export function drawTicket(ticket, zone) {
  const state = ticket.missed && ticket.missed.void ? VOID : STATES[ticket.state];
  byId("phone").dataset.state = ticket.state;
  setText(byId("number"), ticket.number);
  byId("number").toggleAttribute("data-long", ticket.number.length > 4);
  setText(byId("service"), pick(ticket, "service"));
  byId("class").hidden = ticket.priority === null;
  setText(byId("class"), ticket.priority ? pick(ticket.priority, "name") : "");
  byId("chip").className = `chip ${state.tone}`;
  fill(byId("chip"), icon(state.sign, "icon-small"), h("span", {}, t(state.chip)));
  fill(byId("facts"), ticket.state === "waiting" ? [factsOf(ticket), lineOf(ticket)] : null);
  drawGoto(ticket);
  drawSteps(ticket.steps);
  drawPlace(ticket);
  setText(byId("note"), isNear(ticket) ? t(NEAR) : state.note ? t(state.note) : noteOf(ticket, zone));
  byId("cancel").hidden = ticket.state !== "waiting";
}

function factsOf(ticket) {
  const facts = [fact(t("People ahead"), phrase("{n} people", { n: h("b", {}, ticket.ahead) }))];
  const { value, unit } = waitParts(ticket.wait);
  // The windows stand below too: three facts are one too many for a phone.
  if (value) facts.push(fact(t("Estimated wait"), [h("b", {}, value), ` ${unit}`]));
  else if (ticket.windows.length > 0 && ticket.windows.length <= 3) facts.push(fact(t("Served at window"), windowsPhrase(ticket.windows)));
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

/** What to do while it is on hold, or after a missed call that is not too long ago. */
function noteOf(ticket, zone) {
  const at = (time) => hourMinute(new Date(time), zone);
  if (ticket.hold) {
    const { window, until } = ticket.hold;
    return until
      ? t("Please be back at window {window} by {time}", { window, time: at(until) })
      : t("Please come back to window {window} at the time the staff told you", { window });
  }
  const { here, until } = ticket.missed;
  if (!until) {
    return here
      ? t("No hurry: go back in line at a kiosk. Scan your slip or type your number.")
      : t("No hurry: the service desk puts you back in line.");
  }
  const time = at(until);
  return here
    ? t("No hurry: until {time} you can go back in line at a kiosk. Scan your slip or type your number.", { time })
    : t("No hurry: until {time} the service desk puts you back in line.", { time });
}

/** The services of a combined visit, or of one that was sent on: which are done, which is now, which come. */
function drawSteps(steps) {
  byId("steps").hidden = steps.length === 0;
  fill(byId("steps"), steps.map((step) => {
    const { sign, word } = STEPS[step.state];
    return h("li.step", { data: { state: step.state } }, icon(sign, "icon-small"),
      h("span.step-name", {}, pick(step, "name")), h("span.second", {}, t(word)));
  }));
}

function drawPlace(ticket) {
  if (ticket.hold) {
    byId("place-card").hidden = false;
    setText(byId("place"), t("Back to window {n}", { n: ticket.hold.window }));
    setText(byId("windows"), "");
    return;
  }
  const place = pick(ticket, "place");
  byId("place-card").hidden = ticket.state !== "waiting" || (!place && ticket.windows.length === 0);
  setText(byId("place"), place || windowsText(ticket.windows));
  setText(byId("windows"), place && ticket.windows.length ? t("Served at {windows}", { windows: windowsText(ticket.windows) }) : "");
}
