/** When to ask for the figures again: soon after something happened, seldom otherwise, never in bursts. */

const AT_MOST_EVERY = 3000; // ms between two questions, however much happens
const AT_LEAST_EVERY = 20000; // ms: devices change without any event of the hall

/**
 * `ask()` resolves to whether it succeeded; `onOutcome()` is told after each.
 * Returns {start(), wanted(), failed()}; `wanted` says that something happened.
 */
export function createRefresher(ask, onOutcome) {
  let asked = -Infinity;
  let under = false; // a question is under way
  let again = false; // something happened meanwhile
  let failed = false;
  let timer = 0;

  async function run() {
    clearTimeout(timer);
    asked = performance.now();
    under = true;
    again = false;
    failed = !(await ask());
    under = false;
    onOutcome();
    plan(again ? AT_MOST_EVERY : AT_LEAST_EVERY);
  }

  /** Ask `after` ms from the last question. */
  function plan(after) {
    clearTimeout(timer);
    timer = setTimeout(run, Math.max(0, asked + after - performance.now()));
  }

  return {
    start: run,
    wanted() {
      again = true;
      if (!under) plan(AT_MOST_EVERY);
    },
    failed: () => failed,
  };
}
