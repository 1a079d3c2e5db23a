/** A button whose deed cannot be taken back: the first press asks, the second does it. */

import { setText } from "/static/web/js/dom.js";

const PATIENCE = 8000; // ms in which the second press must follow

/**
 * `words` is the element with the button's words; `plain()` and `again()` say what stands there. Returns
 * {pressed(), reset()}: `pressed` is true when this press is the second.
 */
export function createSecondPress(button, words, { plain, again }) {
  let timer = 0;

  const reset = () => {
    clearTimeout(timer);
    timer = 0;
    button.classList.remove("asks");
    setText(words, plain());
  };
  reset();
  button.addEventListener("blur", () => timer && reset());
  return {
    reset,
    pressed() {
      if (timer) {
        reset();
        return true;
      }
      timer = setTimeout(reset, PATIENCE);
      button.classList.add("asks");
      setText(words, again());
      return false;
    },
  };
}
