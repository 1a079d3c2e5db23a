/** Actions on a number that is typed or picked: 按号呼叫, 解挂, 续号, 优先. Each opens with a number filled in, or none. */

import { byId } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { createNumber, createReason, fillClasses, fillOptions, givenClasses, showText } from "./fields.js";
import { className, serviceName } from "./names.js";
import { mayRejoin } from "./shelf.js";

export function createCall(tools) {
  const reason = createReason("call");
  const inTurn = () => number.number() !== null && number.number() === tools.view().waiting.next;
  const number = createNumber("call", {
    day: () => tools.view().day,
    onChange() {
      byId("call-reasons").hidden = inTurn();
    },
  });
  return createDialog("call", {
    action: "call",
    tools,
    fill(value) {
      const { ticket } = tools.view();
      number.offer(offers(tools.view(), tools.view().waiting.line), value);
      reason.draw();
      showText(byId("call-finishes"), ticket && t("{number} at the window is finished by this", { number: ticket.number }));
    },
    read() {
      const ticket = number.read();
      const why = ticket && !inTurn() ? reason.read() : "";
      return ticket && why !== null ? { ticket, reason: why } : null;
    },
  });
}

export function createResume(tools) {
  const number = createNumber("resume", { day: () => tools.view().day });
  return createDialog("resume", {
    action: "resume",
    tools,
    fill() {
      const { held } = tools.view();
      number.offer(offers(tools.view(), held), held.length === 1 ? held[0].number : "");
    },
    read: () => ticketOnly(number),
  });
}

export function createRejoin(tools) {
  const number = createNumber("rejoin", { day: () => tools.view().day });
  return createDialog("rejoin", {
    action: "rejoin",
    tools,
    fill() {
      const view = tools.view();
      const back = view.passed.line.filter((one) => mayRejoin(one, tools.now()));
      number.offer(back.map(({ number: value }) => ({ value, words: value })));
      fillOptions("rejoin-place-options", "place", places(view.hall.rules.rejoin_after));
    },
    read(form) {
      const given = ticketOnly(number);
      return given && { ...given, last: form.elements.place.value === "last", number: number.number() };
    },
    done: (details) => tools.tell({ main: t("{number} is in line again", { number: details.number }), good: true }),
  });
}

export function createPriority(tools) {
  const number = createNumber("priority", { day: () => tools.view().day });
  const reason = createReason("priority");
  return createDialog("priority", {
    action: "priority",
    tools,
    fill(value) {
      const view = tools.view();
      number.offer(offers(view, view.waiting.line), value);
      const classes = givenClasses(view);
      fillClasses("priority", view, (classes.find((one) => one.shown) || classes[0]).code);
      reason.draw();
    },
    read(form) {
      const given = ticketOnly(number);
      const why = given && reason.read();
      return why && { ...given, priority: form.elements.priority.value, reason: why, number: number.number() };
    },
    done(details) {
      const words = { number: details.number, name: className(tools.view(), details.priority) };
      tools.tell({ main: t("{number} is now: {name}", words), good: true });
    },
  });
}

function ticketOnly(number) {
  const ticket = number.read();
  return ticket && { ticket };
}

function offers(view, line) {
  const second = (one) => (one.priority === "ordinary" ? serviceName(view, one.service) : className(view, one.priority));
  return line.map((one) => ({ value: one.number, words: one.number, second: second(one) }));
}

function places(after) {
  const last = { value: "last", words: t("At the end") };
  return after === null ? [last] : [{ value: "rule", words: t("Behind the next {n}", { n: after }) }, last];
}
