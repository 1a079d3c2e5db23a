/** F8 and the other actions: each in its place, dashed with a reason when it cannot be had. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { msg, phrase, pick, t } from "/static/web/js/words.js";
import { waited } from "./spans.js";

const KEYS = { F8: "main", F9: "finish", F2: "recall", F4: "no_show" };
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
export const REASONS = {
  window_closed: msg("The window is closed"),
  window_paused: msg("The window is paused"),
  window_not_paused: msg("The window is open"),
  window_busy: msg("Finish the citizen at the window first"),
  nobody_waits: msg("Nobody is waiting now"),
  nobody_called: msg("Nobody is at the window: call first"),
  already_started: msg("Service has started: no recall or no-show any more"),
  offline: msg("Offline: please wait until the line is back"),
};

/** `onPress(action)` hears of every press on an action that can be had. */
export function createButtons({ onPress }) {
  const buttons = new Map(
    Array.from(document.querySelectorAll("[data-action]"), (element) => [element.dataset.action, element]),
  );
  const words = new Map(Array.from(buttons, ([name, element]) => [name, element.querySelector(".small-label")]));
  const own = new Map(Array.from(words, ([name, element]) => [name, element && element.textContent]));
  let state = null; // {view, online, commands, now}

  const actionOf = (name) => (name === "main" ? state.view.actions.primary : name);

  function whyNot(action) {
    return state.online ? state.view.actions.refused[action] || null : "offline";
  }

  function press(name) {
    if (!state || whyNot(actionOf(name))) return;
    onPress(actionOf(name));
  }

  function drawButton(name, element) {
    const { busy } = state.commands;
    const working = busy !== null && actionOf(name) === busy;
    const off = !working && (busy !== null || whyNot(actionOf(name)) !== null);
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
    if (why) return t(REASONS[why]);
    if (action === "start") return t("Press when {number} has come to the window", { number: view.ticket.number });
    if (action === "reopen") return t("Then numbers can be called again");
    if (action === "finish") return t("The window is paused: nobody is called");
    if (!view.waiting.next) return t("Nobody waits: it only finishes");
    const first = view.waiting.line.find((one) => one.number === view.waiting.next);
    const service = view.window.services.find((one) => one.code === first.service);
    return { number: first.number, service: pick(service, "name"), waited: waited(first.queued_at, now) };
  }

  for (const [name, element] of buttons) element.addEventListener("click", () => press(name));
  document.addEventListener("keydown", (event) => {
    const name = KEYS[event.key];
    if (!name || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // A key held down is one press; behind a dialog nothing is pressed.
    if (!event.repeat && !document.querySelector("dialog[open]")) press(name);
  });

  return {
    render(next) {
      state = next;
      drawMain();
      for (const [name, element] of buttons) {
        drawButton(name, element);
        const working = state.commands.slow && state.commands.busy === name;
        if (words.get(name)) setText(words.get(name), working ? t(WORKING[name]) : own.get(name));
      }
      const reasons = ["finish", "recall", "no_show"].map(whyNot).filter(Boolean);
      byId("why-line").hidden = reasons.length === 0;
      setText(byId("why"), reasons.length ? t(REASONS[reasons[0]]) : "");
    },
  };
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
