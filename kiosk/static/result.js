/** After the touch: the ticket, and whether its paper comes. The print state decides which screen is shown. */

import { get } from "/static/web/js/api.js";
import { startCountdown } from "/static/web/js/countdown.js";
import { byId, setText } from "/static/web/js/dom.js";
import { english, msg, t } from "/static/web/js/words.js";
import { noPaperTitle } from "./printer.js";
import { fillTicket } from "./ticket.js";

const DONE_SECONDS = 8;
const NO_PAPER_SECONDS = 60;
const POLL = 2000; // ms between questions while the feed is down
const PRINT_PATIENCE = 20000; // ms without any news of the paper

const NO_NEWS = { state: "unknown", reason: "unknown" };
const COMING = ["queued", "checking", "sending", "await_ack"];
const OUT = ["printed", "sent"];
const SAID = { printing: "number", ready: "done", paper_out: "no-paper" };

/**
 * `onNews()`: the screen now says what has become of the paper. `onLeave({again})`: the citizen (or the countdown) is done
 * with this ticket; `held()`: the countdown must wait.
 */
export function createResult({ screens, mode, held, onNews, onLeave }) {
  let ticket = null;
  let shown = null; // "printing", "ready" or "nopaper"
  let poll = 0;
  let patience = 0;
  let stopCountdown = () => {};

  function apply(print) {
    const { state, reason } = print;
    if (COMING.includes(state)) printing();
    else if (OUT.includes(state)) ready();
    else noPaper(reason || (state === "none" ? "no_printer" : "unknown"));
  }

  // Only before anything else was shown: late news must not take back what a citizen has read.
  function printing() {
    if (shown) return;
    shown = "printing";
    showDone({ state: "printing", main: msg("Printing your slip…") });
  }

  function ready() {
    if (shown === "ready") return;
    shown = "ready";
    clearTimeout(patience);
    showDone({ state: "ready", main: msg("Please take your ticket") });
    count(byId("done-home"), DONE_SECONDS);
    onNews();
  }

  function noPaper(reason) {
    if (shown === reason) return;
    shown = reason;
    clearTimeout(patience);
    title(noPaperTitle(reason));
    screens.show("nopaper");
    count(byId("nopaper-home"), NO_PAPER_SECONDS);
    onNews();
  }

  function showDone({ state, main }) {
    title({ main: t("Your number is ready"), second: english("Your number is ready") });
    byId("paper").dataset.state = state;
    setText(byId("paper-title"), t(main));
    setText(byId("paper-second"), english(main));
    setText(byId("done-home").querySelector(".ring-seconds"), String(mode.patience(DONE_SECONDS)));
    screens.show("done");
  }

  function title({ main, second }) {
    setText(byId("result-title"), main);
    setText(byId("result-second"), second);
  }

  function count(button, seconds) {
    stopCountdown();
    stopCountdown = startCountdown(button, mode.patience(seconds), () => close(false), held);
  }

  async function ask() {
    const asked = ticket;
    const { status, body } = await get(`/api/v1/tickets/${encodeURIComponent(asked.id)}`);
    if (status === 200 && ticket === asked && body.print) apply(body.print);
  }

  function close(again) {
    stopCountdown();
    clearInterval(poll);
    clearTimeout(patience);
    poll = 0;
    ticket = null;
    shown = null;
    onLeave({ again });
  }

  byId("done-home").addEventListener("click", () => close(false));
  byId("done-again").addEventListener("click", () => close(true));
  byId("nopaper-home").addEventListener("click", () => close(false));

  return {
    /** Whether a ticket is on the screen. */
    get isOpen() {
      return ticket !== null;
    },
    /** What the screen says, for the voice. */
    get said() {
      const kind = SAID[shown] || "no-print";
      return { kind, number: ticket.number, ahead: ticket.ahead };
    },
    /** Show `fresh`, the answer of POST /api/v1/tickets, taken for `service`. */
    open(fresh, service, view) {
      ticket = fresh;
      fillTicket(fresh, service, view);
      patience = setTimeout(() => apply(NO_NEWS), PRINT_PATIENCE);
      apply(view.prints[fresh.id] || fresh.print);
    },
    /** News of the view: the feed tells of the paper; while it is down, ask. */
    follow(view, link) {
      if (!ticket) return;
      if (view.prints[ticket.id]) apply(view.prints[ticket.id]);
      clearInterval(poll);
      poll = link === "online" ? 0 : setInterval(ask, POLL);
    },
  };
}
