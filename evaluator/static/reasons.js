/** Why: a page after a level that has reasons. The level is stored by then; whatever is chosen here completes it. */

import { newKey, post } from "/static/web/js/api.js";
import { startCountdown } from "/static/web/js/countdown.js";
import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { msg, pick, t } from "/static/web/js/words.js";

const WITHIN = 57; // s: the server takes them for a minute after the level
const LEVELS = { 5: msg("Excellent"), 4: msg("Good"), 3: msg("Fair"), 2: msg("Poor"), 1: msg("Very poor") };

/** `onEnd()` when the citizen is done with it, or has not come back to it in time. */
export function createReasons({ onEnd }) {
  let asked = null; // {token, level}
  let stop = () => {};

  function chosen() {
    const boxes = Array.from(byId("reasons-list").querySelectorAll("[aria-pressed='true']"));
    return boxes.map((box) => box.dataset.code);
  }

  function box(reason) {
    return h("button.choice.reason", { type: "button", "aria-pressed": "false", data: { code: reason.code }, onclick: toggle },
      h("span.reason-box", { "aria-hidden": "true" }), h("span.reason-word", {}, pick(reason, "name")));
  }

  /** Sent once more under its key by `post` when the line is bad; the vote stands in any case. */
  function send() {
    const codes = chosen();
    if (codes.length > 0) post("/api/v1/evaluations/reasons", { token: asked.token, reasons: codes }, newKey());
    end();
  }

  function end() {
    if (asked === null) return;
    stop();
    asked = null;
    onEnd();
  }

  byId("reasons-send").addEventListener("click", send);
  byId("reasons-skip").addEventListener("click", end);

  return {
    /** Whether this vote is being explained. */
    isAsking: (token) => asked !== null && asked.token === token,
    get open() {
      return asked !== null;
    },
    ask({ token, level, ticket, list }) {
      asked = { token, level };
      setText(byId("reasons-number"), ticket.number);
      setText(byId("reasons-service"), pick(ticket, "service"));
      setText(byId("reasons-title"), t("You chose: {level}", { level: t(LEVELS[level]) }));
      for (const drawn of document.querySelectorAll("[data-face]")) drawn.hidden = drawn.dataset.face !== String(level);
      fill(byId("reasons-list"), list.map(box));
      stop = startCountdown(byId("reasons-left"), WITHIN, send);
    },
    /** The page is the next citizen's: what was chosen so far is sent. */
    close() {
      if (asked !== null) send();
    },
  };
}

function toggle({ currentTarget }) {
  currentTarget.setAttribute("aria-pressed", String(currentTarget.getAttribute("aria-pressed") !== "true"));
}
