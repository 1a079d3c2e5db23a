/** One touch, one vote: the faces and the way to decline. */

import { newKey, post } from "/static/web/js/api.js";
import { byId } from "/static/web/js/dom.js";

const VOTED_ALREADY = "already_voted"; // on the pad, a moment before: that vote was received too

/**
 * `token()`: the evaluation asked for now, or null. `onSent()` when a touch is on its way, `onAnswer(token, level)` when
 * the server has it (`level` null: none, or another one came first), `onFailure(message, code)` when it is not counted and may be touched again.
 */
export function createVote({ token, onSent, onAnswer, onFailure }) {
  let aimed = null;
  let sending = false;

  async function send(button, level, at) {
    if (sending || at === null || button.getAttribute("aria-disabled") === "true") return;
    sending = true;
    button.setAttribute("aria-busy", "true");
    const timer = setTimeout(onSent, 300);
    const { status, body } = await post("/api/v1/evaluations", { token: at, level }, newKey());
    clearTimeout(timer);
    button.removeAttribute("aria-busy");
    sending = false;
    const received = (status >= 200 && status < 300) || (status === 409 && body.error.code === VOTED_ALREADY);
    if (received) onAnswer(at, status === 409 ? null : level);
    else onFailure(body.error.message, body.error.code);
  }

  // A finger that came down for one citizen must not count for the next, though it goes up a moment later.
  document.addEventListener("pointerdown", () => {
    aimed = token();
  }, true);
  const listen = (button, level) => button.addEventListener("click", (event) => {
    send(button, level, event.detail > 0 ? aimed : token());
  });
  const faces = Array.from(byId("faces").querySelectorAll("[data-level]"));
  for (const button of faces) listen(button, Number(button.dataset.level));
  listen(byId("decline"), null);

  return {
    /** Whether touches are taken: not while the server cannot be reached. */
    setEnabled(on) {
      for (const button of [...faces, byId("decline")]) button.setAttribute("aria-disabled", String(!on));
    },
  };
}
