/** The on-screen evaluator: one live view, six states. */

import { hallNow, runClock, setServerTime } from "/static/web/js/clock.js";
import { startCountdown } from "/static/web/js/countdown.js";
import { byId, island, setText } from "/static/web/js/dom.js";
import { openFeed } from "/static/web/js/feed.js";
import { t } from "/static/web/js/words.js";
import { watchStaff } from "./aside.js";
import { renderCard } from "./card.js";
import { createLarge } from "./large.js";
import { phaseOf } from "./phase.js";
import { createReasons } from "./reasons.js";
import { renderAsking, renderIdle, renderPaused, showState } from "./states.js";
import { createVote } from "./vote.js";

const TROUBLE = 6000; // ms a refusal stays to be read

let view = island("view");
let link = "connecting";
let phase = null;
let answered = null;
let trouble = null; // {message, until}
let counting = { token: null, stop: () => {} };

let asked = { token: null, ticket: null }; // the evaluation on the screen last: the feed forgets it with the vote

const heedRefusal = watchStaff();
const large = createLarge();
const reasons = createReasons({
  onEnd() {
    answered = { ...answered, at: hallNow() }; // the thanks come after it
    render();
  },
});
const vote = createVote({
  token: () => (phase === "asking" ? view.evaluation.token : null),
  onSent: () => setText(byId("foot-note"), t("Sending…")),
  onAnswer(token, level) {
    answered = { token, at: hallNow() };
    const list = view.reasons[level] || [];
    if (list.length > 0 && asked.token === token) reasons.ask({ token, level, list, ticket: asked.ticket });
    render();
  },
  onFailure(message, code) {
    heedRefusal(code);
    trouble = { message, until: Date.now() + TROUBLE };
    render();
  },
});

function render() {
  if (view.serving && reasons.open) {
    reasons.close(); // whoever has come to the window must not see what the one before chose; draws the page anew
    return;
  }
  const now = hallNow();
  const before = phase;
  phase = phaseOf(view, now, answered, reasons.open);
  if (phase === "asking") {
    asked = view.evaluation;
    reasons.close();
  }
  renderCard(view);
  if (phase === "idle") renderIdle(view, now);
  if (phase === "asking") renderAsking(view.evaluation);
  if (phase === "paused") renderPaused(view.pause, now, view.hall.time_zone);
  count(now);
  vote.setEnabled(link !== "offline");
  setText(byId("foot-note"), footNote());
  byId("evaluator").dataset.trouble = String(trouble !== null || link === "offline");
  showState(phase);
  if (isResting(phase) && before !== null && !isResting(before)) large.reset();
}

/** Whether no citizen is in the middle of something. */
function isResting(state) {
  return !["asking", "reasons", "thanks"].includes(state);
}

/** The ring belongs to one evaluation: the next citizen's starts anew. */
function count(now) {
  const token = phase === "asking" ? view.evaluation.token : null;
  if (token === counting.token) return;
  counting.stop();
  counting = { token, stop: () => {} };
  if (token === null) return;
  const seconds = (new Date(view.evaluation.closes_at) - now) / 1000;
  counting.stop = startCountdown(byId("asking-left"), seconds, render);
}

function footNote() {
  if (trouble !== null && Date.now() >= trouble.until) trouble = null;
  if (trouble !== null) return trouble.message;
  if (link === "offline") return t("No connection, reconnecting");
  const notes = {
    idle: t("You may rate the service here when it is done"),
    asking: t("Voluntary; the clerk cannot see single ratings"),
    reasons: "",
    thanks: "",
    paused: t("Numbers already taken stay valid"),
    closed: t("Please ask at the service desk"),
  };
  return notes[phase];
}

setServerTime(view.now);
runClock({ time: byId("clock-time") }, view.hall.time_zone);
document.addEventListener("contextmenu", (event) => event.preventDefault());
render();
setInterval(render, 500);

openFeed({
  namespace: "/evaluator",
  query: { window: view.window.number },
  onView(fresh, changed) {
    view = fresh;
    if (changed.has("now")) setServerTime(view.now);
    render();
  },
  onState(state) {
    link = state;
    render();
  },
  onRefusal: heedRefusal,
  mayRenew: () => isResting(phase),
});
