/** The on-screen evaluator: one live view, five states. */

import { hallNow, runClock, setServerTime } from "/static/web/js/clock.js";
import { startCountdown } from "/static/web/js/countdown.js";
import { byId, island, setText } from "/static/web/js/dom.js";
import { openFeed } from "/static/web/js/feed.js";
import { t } from "/static/web/js/words.js";
import { renderCard } from "./card.js";
import { createLarge } from "./large.js";
import { phaseOf } from "./phase.js";
import { renderAsking, renderIdle, renderPaused, showState } from "./states.js";
import { createVote } from "./vote.js";

const TROUBLE = 6000; // ms a refusal stays to be read

let view = island("view");
let link = "connecting";
let phase = null;
let answered = null;
let trouble = null; // {message, until}
let counting = { token: null, stop: () => {} };

const large = createLarge();
const vote = createVote({
  token: () => (phase === "asking" ? view.evaluation.token : null),
  onSent: () => setText(byId("foot-note"), t("Sending…")),
  onAnswer(token) {
    answered = { token, at: hallNow() };
    render();
  },
  onFailure(message) {
    trouble = { message, until: Date.now() + TROUBLE };
    render();
  },
});

function render() {
  const now = hallNow();
  const before = phase;
  phase = phaseOf(view, now, answered);
  renderCard(view);
  if (phase === "idle") renderIdle(view);
  if (phase === "asking") renderAsking(view.evaluation);
  if (phase === "paused") renderPaused(view.pause, now, view.hall.time_zone);
  count(now);
  vote.setEnabled(link !== "offline");
  setText(byId("foot-note"), footNote());
  byId("evaluator").dataset.trouble = String(trouble !== null || link === "offline");
  showState(phase);
  const rests = phase !== "asking" && phase !== "thanks";
  if (rests && (before === "asking" || before === "thanks")) large.reset();
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
  mayRenew: () => phase !== "asking" && phase !== "thanks",
});
