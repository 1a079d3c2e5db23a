/** The top third and the foot: hours, last call, the state of this machine. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { whenFrom } from "/static/web/js/times.js";
import { phrase, pick, t } from "/static/web/js/words.js";
import { homeNotice } from "./printer.js";
import { hoursText } from "./places.js";

export function createHero() {
  return {
    render(view, now) {
      renderHours(view, now);
      renderLastCall(view.last_call);
      const notice = homeNotice(view.printer);
      byId("printer-notice").hidden = notice === null;
      setText(byId("printer-notice-words"), notice || "");
    },
  };
}

function renderHours(view, now) {
  const parts = [h("span.hours-part", {}, t("Open {hours}", { hours: hoursText(view.hours) }))];
  if (view.issuing.open && view.issuing.closes_at) {
    const until = whenFrom(now, new Date(view.issuing.closes_at), view.hall.time_zone);
    parts.push(h("span.hours-part", {}, t("Numbers until {time}", { time: until })));
  }
  const words = parts.map((part) => part.textContent).join("|");
  const element = byId("hours-words");
  if (element.dataset.words === words) return;
  element.dataset.words = words;
  fill(element, parts);
}

function renderLastCall(call) {
  byId("last-call").hidden = call === null;
  if (call === null) return;
  setText(byId("last-call-number"), call.number);
  setText(byId("last-call-window"), t("to window {n}", { n: call.window }));
}

/** The machine's own line at the foot: always a word beside the icon. */
export function renderMachine(view, link) {
  const machine = byId("machine");
  const [state, sign, words] = machineState(view, link);
  if (machine.dataset.state === state) return;
  machine.dataset.state = state;
  fill(machine, icon(sign), h("span", {}, words));
}

function machineState(view, link) {
  const name = pick(view.kiosk, "name");
  if (link === "offline") return ["offline", "wifi-off", t("No network")];
  if (view.printer.state === "blocked") return ["trouble", "warning", t("{name} prints no slips now", { name })];
  return ["ready", "check", t("{name} is working", { name })];
}

/** "28 waiting in the hall", the number large. */
export function waitingPhrase(n) {
  return phrase("{n} waiting in the hall", { n: h("b", {}, n) });
}
