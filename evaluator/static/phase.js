/** Which of its states an evaluator is in: decided from the view and the time alone. */

const THANKS = 3000; // ms

/**
 * "asking", "reasons", "thanks", "paused", "closed" or "idle" at `now`, a Date.
 *
 * `answered`: what was touched here last, {token, at} with `at` a Date, or null; it ends the asking before the feed does.
 * `explaining`: whether its citizen is being asked why, which only the next citizen cuts short.
 */
export function phaseOf(view, now, answered, explaining) {
  const { evaluation } = view;
  const isAnswered = evaluation !== null && answered !== null && answered.token === evaluation.token;
  if (evaluation !== null && !isAnswered && now < new Date(evaluation.closes_at)) return "asking";
  if (explaining) return "reasons";
  if (thanksEnd(view, answered) > now.getTime()) return "thanks";
  if (view.window.state === "paused") return "paused";
  return view.window.state === "closed" ? "closed" : "idle";
}

/** When the thanks are over, in ms; a vote on the pad is thanked for here too. */
function thanksEnd(view, answered) {
  const received = view.received === null ? 0 : Date.parse(view.received);
  const touched = answered === null ? 0 : answered.at.getTime();
  return Math.max(received, touched) + THANKS;
}
