/** A page that a citizen has walked away from warns, then goes back to its start. */

import { startCountdown } from "/static/web/js/countdown.js";
import { byId } from "/static/web/js/dom.js";

/**
 * After `seconds()` without a touch, if `needed()`, ask (`onAsk`); after `warning()` more without an answer call `onLeave`.
 * `onAnswer` is told when the question is gone, whoever answered it.
 * Returns {stay()}: somebody is there, as a scanner knows.
 */
export function watchIdle({ seconds, warning, needed, onAsk, onAnswer, onLeave }) {
  const dialog = byId("still-there");
  let timer = 0;
  let stopCountdown = () => {};

  function rest() {
    clearTimeout(timer);
    timer = setTimeout(ask, seconds() * 1000);
  }

  function ask() {
    if (!needed()) {
      rest();
      return;
    }
    dialog.showModal();
    stopCountdown = startCountdown(dialog, warning(), () => close(onLeave));
    onAsk();
  }

  function close(then) {
    stopCountdown();
    if (dialog.open) dialog.close();
    onAnswer();
    rest();
    if (then) then();
  }

  // A touch beside the dialog's card is the dialog element itself: somebody is there.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
  });
  dialog.addEventListener("cancel", () => close());
  byId("still-stay").addEventListener("click", () => close());
  byId("still-leave").addEventListener("click", () => close(onLeave));
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => {
      if (!dialog.open) rest();
    });
  }
  rest();
  return { stay: () => close() };
}
