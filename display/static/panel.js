/** The large panel: the call, the idle words, or what to do while the line is dead. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { english, phrase, pick, t } from "/static/web/js/words.js";

import { painted } from "./painted.js";
import { arch, flash } from "./shapes.js";
import { openStage } from "./stage.js";

const SENTENCE = "Number {number}, please go to window {window}";

/** `onShown(call)`: a new call has been painted. Returns {update(view), offline(whether)}. */
export function openPanel(onShown) {
  const panel = byId("panel");
  let state = "idle";
  let dead = false;

  function showState() {
    panel.dataset.state = dead ? "offline" : state;
    byId("panel-offline").hidden = !dead;
    byId("panel-idle").hidden = dead || state !== "idle";
    byId("panel-call").hidden = dead || state === "idle";
  }

  const stage = openStage((call, isNew) => {
    state = call ? call.state : "idle";
    if (call) showCall(call);
    showState();
    if (!isNew) return;
    flash(panel);
    painted(() => onShown(call));
  });

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
  byId("panel-big").dataset.length = call.number.length;
  setText(byId("panel-number"), call.number);
  const words = phrase("Window {arch}", { arch: arch(call.window) });
  fill(
    byId("panel-window"),
    words.map((word) => (typeof word === "string" ? h("span.panel-unit", {}, word.trim()) : word)),
  );
  const values = { number: call.number, window: call.window };
  setText(byId("panel-sentence"), t(SENTENCE, values));
  setText(byId("panel-second"), english(SENTENCE, values));
}

function label(call) {
  if (call.state !== "called") return t("Last call");
  return call.count === 1 ? t("Now calling") : t("Calling again");
}
