/** After the touch: the ticket, and whether its paper comes. The print state decides which screen is shown. */

import { get } from "/static/web/js/api.js";
import { startCountdown } from "/static/web/js/countdown.js";
import { byId, setText } from "/static/web/js/dom.js";
import { english, msg, t } from "/static/web/js/words.js";
import { noPaperTitle } from "./printer.js";
import { readCode } from "./scanner.js";
import { fillTicket } from "./ticket.js";

const DONE_SECONDS = 8;
const NO_PAPER_SECONDS = 60;
const POLL = 2000; // ms between questions while the feed is down
const PRINT_PATIENCE = 20000; // ms without any news of the paper

const TAKEN = msg("Your number is ready");
const COPY = msg("Your slip is printed again");
const NO_NEWS = { state: "unknown", reason: "unknown" };
const COMING = {
  queued: msg("Printing your slip…"),
  checking: msg("Looking at the printer…"),
  sending: msg("Printing your slip…"),
  await_ack: msg("Your slip is nearly out…"),
};
const OUT = ["printed", "sent"];
const SAID = { printing: "number", ready: "done", paper_out: "no-paper" };

/**
/**
 * `onNews()`: the screen now says what has become of the paper. `onLeave({again})`: the citizen (or the countdown) is done
 * with this ticket; `held()`: the countdown must wait. `onPrint(asked, onRefused)`: print it now, `asked` by {token}, or by
 * {number} where no more is known of it.
 */
export function createResult({ screens, mode, held, onNews, onLeave, onPrint }) {
  let ticket = null;
  let copy = false; // printed once more, not taken just now
  let shown = null; // "printing", "ready" or "nopaper"
  let poll = 0;
  let patience = 0;
  let refused = false; // asked to print it now, the hall said no
  let stopCountdown = () => {};
  const note = byId("nopaper-note").textContent;

  function apply(print) {
    const { state, reason } = print;
    if (COMING[state]) printing(COMING[state]);
    else if (OUT.includes(state)) ready();
    else noPaper(reason || (state === "none" ? "no_printer" : "unknown"));
  }

  // Only before anything else was shown: late news must not take back what a citizen has read.
  function printing(main) {
    if (shown && shown !== "printing") return;
    shown = "printing";
    showDone({ state: "printing", main });
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
    const head = copy ? COPY : TAKEN;
    title({ main: t(head), second: english(head) });
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

  /** What is said of an earlier paper of the same ticket is no news of this one. */
  function news(print) {
    if (print && print.papers >= ticket.print.papers) apply(print);
  }

  /** The printer can print again while the citizen still stands here. */
  function offer(printer, link) {
    const offered = link === "online" && printer.state === "ready" && !refused;
    byId("nopaper-print").hidden = !offered;
    byId("nopaper-note").hidden = offered; // it can print again
    byId("nopaper-desk").hidden = offered;
  }

  async function print() {
    const button = byId("nopaper-print");
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    const asked = ticket.url ? { token: readCode(ticket.url).token } : { number: ticket.number };
    await onPrint(asked, ({ main }) => {
      refused = true;
      button.hidden = true;
      byId("nopaper-desk").hidden = false;
      setText(byId("nopaper-note"), main);
    });
    button.setAttribute("aria-busy", "false");
  }

  async function ask() {
    const asked = ticket;
    const { status, body } = await get(`/api/v1/tickets/${encodeURIComponent(asked.id)}`);
    if (status === 200 && ticket === asked && body.print) news(body.print);
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
  byId("nopaper-print").addEventListener("click", print);

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
    /** Show `fresh`, the answer of POST /api/v1/tickets, taken for `service`; `again`: of one that prints it again. */
    open(fresh, service, view, { again = false } = {}) {
      stopCountdown();
      clearTimeout(patience);
      ticket = fresh;
      copy = again;
      shown = null;
      refused = false;
      setText(byId("nopaper-note"), note);
      fillTicket(fresh, service, view);
      patience = setTimeout(() => apply(NO_NEWS), PRINT_PATIENCE);
      apply(fresh.print);
      news(view.prints[fresh.id]);
      offer(view.printer, "online");
    },
    /** News of the view: the feed tells of the paper; while it is down, ask. */
    follow(view, link) {
      if (!ticket) return;
      news(view.prints[ticket.id]);
      offer(view.printer, link);
      clearInterval(poll);
      poll = link === "online" ? 0 : setInterval(ask, POLL);
    },
  };
}
