/** F8 and the other actions: each in its place, dashed with a reason when it cannot be had. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { msg, phrase, t } from "/static/web/js/words.js";
import { serviceName, serviceNames } from "./names.js";
import { reasonText } from "./reasons.js";
import { waited } from "./spans.js";

const REST = 250; // ms after a press in which the same button pressed again is the same press: a finger may bounce, and
// the server may have answered long before
const FORMS = ["hold", "transfer", "slip", "more"]; // they open one, behind which nothing is pressed: no rest is needed
const ICONS = { call_next: "speaker", start: "play", finish: "check", reopen: "play" };
const LABELS = {
  call_next: msg("Call next"),
  start: msg("Start service"),
  finish: msg("Finish"),
  reopen: msg("Reopen window"),
};
const WORKING = {
  call_next: msg("Calling…"),
  start: msg("Starting…"),
  finish: msg("Finishing…"),
  recall: msg("Recalling…"),
  no_show: msg("Passing…"),
  reopen: msg("Reopening…"),
};
const SPOKEN_FOR = ["finish", "no_show", "recall", "hold", "transfer", "slip"]; // whose reasons the line below the buttons gives

/** `onPress(action)` hears of every press on an action that can be had, `onRefused(why)` of the others. */
export function createButtons({ onPress, onRefused }) {
  const buttons = new Map(
    Array.from(document.querySelectorAll("[data-action]"), (element) => [element.dataset.action, element]),
  );
  const words = new Map(Array.from(buttons, ([name, element]) => [name, element.querySelector(".small-label")]));
  const own = new Map(Array.from(words, ([name, element]) => [name, element && element.textContent]));
  let state = null; // {view, online, commands, now}
  let resting = null; // the button that was pressed just now

  const actionOf = (name) => (name === "main" ? state.view.actions.primary : name);

  function whyNot(action) {
    return state.online ? state.view.actions.refused[action] || null : "offline";
  }

  function press(name) {
    if (!state || state.commands.busy !== null || name === resting) return;
    const why = whyNot(actionOf(name));
    if (why) {
      onRefused(why);
      return;
    }
    const action = actionOf(name);
    if (!FORMS.includes(name)) rest(name);
    onPress(action);
  }

  function rest(name) {
    resting = name;
    setTimeout(() => {
      if (resting === name) resting = null;
      drawButton(name, buttons.get(name));
    }, REST);
  }

  function drawButton(name, element) {
    const { busy } = state.commands;
    const working = busy !== null && actionOf(name) === busy;
    const off = !working && (busy !== null || name === resting || whyNot(actionOf(name)) !== null);
    element.toggleAttribute("data-refused", whyNot(actionOf(name)) !== null);
    mark(element, "aria-busy", working);
    mark(element, "aria-disabled", off);
  }

  function drawMain() {
    const { view, commands } = state;
    const action = view.actions.primary;
    const working = commands.slow && commands.busy === action;
    const finishes = action === "call_next" && view.ticket !== null;
    setText(byId("main-label"), working ? t(WORKING[action]) : t(finishes ? msg("Finish, call next") : LABELS[action]));
    drawHint(hint(action));
    const wanted = ICONS[action];
    if (byId("main-icon").dataset.icon !== wanted) {
      byId("main-icon").dataset.icon = wanted;
      fill(byId("main-icon"), icon(wanted));
    }
  }

  function hint(action) {
    const { view, now } = state;
    const why = whyNot(action);
    if (why) return reasonText(why, view);
    if (action === "start") return t("Press when {number} has come to the window", { number: view.ticket.number });
    if (action === "reopen") return t("Then numbers can be called again");
    if (action === "finish") return t("The window is paused: nobody is called");
    if (!view.waiting.next) return onward(view) || t("Nobody waits: it only finishes");
    const first = view.waiting.line.find((one) => one.number === view.waiting.next);
    return { number: first.number, service: serviceName(view, first.service), waited: waited(first.queued_at, now) };
  }

  for (const [name, element] of buttons) element.addEventListener("click", () => press(name));

  return {
    has: (name) => buttons.has(name),
    press,
    render(next) {
      state = next;
      drawMain();
      for (const [name, element] of buttons) {
        drawButton(name, element);
        const working = state.commands.slow && state.commands.busy === name;
        if (words.get(name)) setText(words.get(name), working && WORKING[name] ? t(WORKING[name]) : own.get(name));
      }
      const reasons = Array.from(new Set(SPOKEN_FOR.map(whyNot).filter(Boolean)));
      byId("why-line").hidden = reasons.length === 0;
      setText(byId("why"), reasons.length ? reasonText(reasons[0], state.view) : "");
    },
  };
}

/** Where the citizen goes once this service is finished, if anywhere. */
function onward({ ticket, ...view }) {
  if (!ticket) return null;
  if (ticket.returns_to) return t("Then it goes back to window {number}", { number: ticket.returns_to });
  return ticket.then.length ? t("Then it goes on to {services}", { services: serviceNames(view, ticket.then.slice(0, 1)) }) : null;
}

/** `hint` is a sentence, or who comes next: {number, service, waited}. */
function drawHint(hint) {
  const element = byId("main-hint");
  const text = JSON.stringify(hint);
  if (element.dataset.shown === text) return;
  element.dataset.shown = text;
  if (typeof hint === "string") {
    fill(element, hint);
    return;
  }
  const service = h("span.hint-service", {}, hint.service);
  fill(element, phrase("Next {number}{service}{waited}", { ...hint, service, waited: h("span", {}, hint.waited) }));
}

function mark(element, attribute, on) {
  if (on) element.setAttribute(attribute, "true");
  else element.removeAttribute(attribute);
}
