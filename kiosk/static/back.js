/** Where a number stands: in line, called now, or passed by; and the one thing to do about it here. */

import { startCountdown } from "/static/web/js/countdown.js";
import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { english, msg, phrase, pick, t } from "/static/web/js/words.js";
import { waitAt, windowsText } from "./places.js";

const SECONDS = 15;
const MISSED_SECONDS = 30;
const TITLES = {
  waiting: msg("Your number is in the queue"),
  called: msg("It is your turn"),
  missed: msg("Your number has been called"),
};

/**
 * `onNews()`: the screen says it now. `onLeave()`: the citizen, or the countdown, is done with it; `held()`: that must wait.
 * `onRejoin(asked)`, `onPrint(asked)` as it was asked for.
 */
export function createBack({ screens, mode, held, onNews, onLeave, onRejoin, onPrint }) {
  let shown = null; // the answer
  let asked = null;
  let stopCountdown = () => {};

  function close() {
    stopCountdown();
    shown = null;
    asked = null;
    onLeave();
  }

  /** A button that asks the hall stays pressed until the answer. */
  function press(id, act) {
    const button = byId(id);
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy") === "true") return;
      button.setAttribute("aria-busy", "true");
      await act(asked);
      button.setAttribute("aria-busy", "false");
    });
  }

  byId("back-home").addEventListener("click", close);
  byId("back-leave").addEventListener("click", close);
  press("back-print", onPrint);
  press("back-rejoin", onRejoin);

  return {
    get isOpen() {
      return shown !== null;
    },
    /** Another screen shows what came of it. */
    put() {
      stopCountdown();
      shown = null;
      asked = null;
    },
    /** What the screen says, for the voice. */
    get said() {
      const { standing, rejoined, number, ahead, window } = shown;
      if (standing !== "waiting") return { kind: standing, number, window };
      return { kind: rejoined ? "rejoined" : "in-line", number, ahead };
    },
    /** `answer` of POST /api/v1/queue-position, its `service` as the view has it, `zone` the hall's. */
    open(answer, service, zone, { wish, title }) {
      shown = answer;
      asked = wish;
      const { standing, number } = answer;
      const head = title || TITLES[standing];
      setText(byId("result-title"), t(head));
      setText(byId("result-second"), english(head));
      setText(byId("back-service"), pick(service, "name"));
      setText(byId("back-number"), number);
      byId("back-number").toggleAttribute("data-long", number.length > 4);
      byId("kiosk").dataset.standing = standing;
      byId("back-facts").hidden = standing !== "waiting";
      setText(byId("back-ahead"), String(answer.ahead));
      setText(byId("back-unit"), answer.ahead === 1 ? t("person") : t("people"));
      fill(byId("back-place"), placeOf(answer, service));
      setText(byId("back-windows"), windowsNote(answer));
      setText(byId("back-note"), noteOf(answer, zone));
      const missed = standing === "missed" && answer.may_rejoin;
      byId("back-actions").hidden = missed;
      byId("back-missed").hidden = !missed;
      byId("back-print").hidden = !answer.may_print;
      screens.show("back");
      stopCountdown();
      stopCountdown = missed
        ? startCountdown(byId("back-leave"), mode.patience(MISSED_SECONDS), close, held)
        : startCountdown(byId("back-home"), mode.patience(SECONDS), close, held);
      onNews();
    },
    render(off) {
      for (const id of ["back-print", "back-rejoin"]) byId(id).disabled = off;
    },
  };
}

function placeOf({ standing, window, may_rejoin: here }, service) {
  if (standing === "called") {
    return phrase("Please go to window {window}", { window: h("span.arch.arch-white.arch-number", {}, window) });
  }
  if (standing === "missed") return here ? t("No hurry: you can go back in line here") : t("No hurry: the service desk puts you back in line.");
  return waitAt(service);
}

function windowsNote({ standing, windows }) {
  if (standing !== "waiting") return "";
  return windows.length ? t("Served at {windows}", { windows: windowsText(windows) }) : "";
}

function noteOf({ standing, until }, zone) {
  if (standing === "called") return t("They are waiting for you there");
  if (standing === "waiting") return t("Keep your slip and listen for your number");
  return until ? t("This number can come back until {time}", { time: hourMinute(new Date(until), zone) }) : t("This number can come back all day");
}
