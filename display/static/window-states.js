/** What a window's screen shows: a number, that it is free, or that nobody serves there. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { english, listText, msg, phrase, t } from "/static/web/js/words.js";

import { drift } from "./drift.js";
import { painted } from "./painted.js";
import { flash } from "./shapes.js";
import { showAway } from "./window-away.js";

const LOOK_AGAIN = 10000; // ms: minutes pass without any message

const OF_STATE = { calling: "number", serving: "number", idle: "idle", paused: "away", closed: "away" };

/** `onShown(call)`: a new call has been painted. Returns {update(view), offline(whether)}. */
export function openStates(zone, onShown) {
  let view = null;
  let dead = false;
  let called = null;

  function draw() {
    const now = dead ? "offline" : OF_STATE[view.state];
    byId("board").dataset.state = dead ? "offline" : view.state;
    for (const name of ["number", "idle", "away", "offline"]) byId(`place-${name}`).hidden = name !== now;
    if (now === "number") showNumber(view);
    if (now === "away") showAway(view, zone);
    showLine(view);
  }

  function flashNew() {
    const call = view.state === "calling" && view.call ? view.call.id : null;
    if (call !== null && call !== called) {
      const { call: news } = view;
      flash(byId("place-number"));
      painted(() => onShown(news));
    }
    called = call;
  }

  drift(byId("place-idle-words"));
  setInterval(() => view && draw(), LOOK_AGAIN);
  return {
    update(next) {
      view = next;
      draw();
      flashNew();
    },
    offline(whether) {
      dead = whether;
      if (view) draw();
    },
  };
}

function showNumber({ state, call, ticket }) {
  const calling = state === "calling";
  setText(byId("place-label"), label(calling, call));
  byId("place-big").dataset.length = ticket.length;
  setText(byId("place-big"), ticket);
  setText(byId("place-sentence"), calling ? t("Please come to this window") : "");
  setText(byId("place-second"), calling ? english("Please come to this window") : "");
}

function label(calling, call) {
  if (!calling) return t("Serving");
  return call && call.count > 1 ? t("Calling again") : t("Calling");
}

/** Who waits; not while somebody is called, whose number alone should be read. */
function showLine({ state, waiting, line }) {
  for (const element of document.querySelectorAll("[data-line]")) {
    element.hidden = waiting === 0 || state === "calling";
    const words = waiting > line.length ? msg("{n} waiting: {numbers} and others") : msg("{n} waiting: {numbers}");
    fill(element, phrase(words, { n: h("b", {}, waiting), numbers: h("b", {}, listText(line)) }));
  }
}
