/** The large panel: the call, two of them, the idle words, or what to do while the line is dead. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { english, phrase, pick, t } from "/static/web/js/words.js";

import { drift } from "./drift.js";
import { painted } from "./painted.js";
import { arch, flash } from "./shapes.js";
import { openStage } from "./stage.js";

const SENTENCE = "Number {number}, please go to window {window}";

/**
 * onIdle(whether): the panel has nothing of its own to show, or has it again; onShown(call): a new call has been painted.
 * Returns {update(view), offline(whether)}.
 */
export function openPanel({ onIdle, onShown }) {
  const panel = byId("panel");
  let state = "idle";
  let dead = false;

  function showState() {
    panel.dataset.state = dead ? "offline" : state;
    byId("panel-offline").hidden = !dead;
    byId("panel-idle").hidden = dead || state !== "idle";
    byId("panel-call").hidden = dead || state === "idle" || state === "pair";
    byId("panel-pair").hidden = dead || state !== "pair";
    onIdle(!dead && state === "idle");
  }

  const stage = openStage((calls, isNew) => {
    const [call] = calls;
    if (calls.length > 1) state = "pair";
    else state = call ? call.state : "idle";
    if (state === "pair") showPair(calls);
    else if (call) showCall(call);
    showState();
    if (!isNew) return;
    flash(panel);
    painted(() => calls.forEach(onShown));
  });

  drift(byId("panel-idle"));
  return {
    update: stage.update,
    offline(whether) {
      dead = whether;
      showState();
    },
  };
}

function showCall(call) {
  setText(byId("panel-label"), label(call));
  setText(byId("panel-service"), pick(call, "service"));
  byId("panel-big").dataset.length = lengthOf(call);
  setText(byId("panel-number"), call.number);
  fill(byId("panel-window"), place(call));
  const values = { number: call.number, window: call.window };
  setText(byId("panel-sentence"), t(SENTENCE, values));
  setText(byId("panel-second"), english(SENTENCE, values));
}

function showPair(calls) {
  fill(
    byId("panel-pair"),
    calls.map((call) =>
      h(
        "p.panel-one",
        { data: { length: lengthOf(call) } },
        h("span.panel-number", {}, call.number),
        icon("arrow", "panel-arrow"),
        h("span.panel-window", {}, place(call)),
      ),
    ),
  );
}

/** How much there is to show: numbers of five characters, or windows of three, need smaller type. */
function lengthOf(call) {
  return Math.max(call.number.length, String(call.window).length + 2);
}

function place(call) {
  const words = phrase("Window {arch}", { arch: arch(call.window) });
  return words.map((word) => (typeof word === "string" ? h("span.panel-unit", {}, word.trim()) : word));
}

function label(call) {
  if (call.state !== "called") return t("Last call");
  return call.count === 1 ? t("Now calling") : t("Calling again");
}
