/** Back in line: the number, how many are ahead, where to wait. It prints nothing, the slip in hand stays good. */

import { startCountdown } from "/static/web/js/countdown.js";
import { byId, setText } from "/static/web/js/dom.js";
import { english, msg, pick, t } from "/static/web/js/words.js";
import { waitAt, windowsText } from "./places.js";

const SECONDS = 12;
const BACK = msg("You are back in line");
const WAITED = msg("You are in line already");

/** `onNews()`: the screen says it now. `onLeave()`: the citizen, or the countdown, is done with it; `held()`: that must wait. */
export function createBack({ screens, mode, held, onNews, onLeave }) {
  let shown = null; // the answer
  let stopCountdown = () => {};

  function close() {
    stopCountdown();
    shown = null;
    onLeave();
  }

  byId("back-home").addEventListener("click", close);
  return {
    get isOpen() {
      return shown !== null;
    },
    /** What the screen says, for the voice. */
    get said() {
      return { kind: shown.waited ? "in-line" : "rejoined", number: shown.number, ahead: shown.ahead };
    },
    /** `answer` of POST /api/v1/rejoin, its `service` as the view has it. */
    open(answer, service) {
      shown = answer;
      const title = answer.waited ? WAITED : BACK;
      setText(byId("result-title"), t(title));
      setText(byId("result-second"), english(title));
      setText(byId("back-service"), pick(service, "name"));
      setText(byId("back-number"), answer.number);
      byId("back-number").toggleAttribute("data-long", answer.number.length > 4);
      setText(byId("back-ahead"), String(answer.ahead));
      setText(byId("back-unit"), answer.ahead === 1 ? t("person") : t("people"));
      setText(byId("back-place"), waitAt(service));
      setText(byId("back-windows"), service.windows.length ? t("Served at {windows}", { windows: windowsText(service.windows) }) : "");
      screens.show("back");
      stopCountdown();
      stopCountdown = startCountdown(byId("back-home"), mode.patience(SECONDS), close, held);
      onNews();
    },
  };
}
