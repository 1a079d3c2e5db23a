/**
 * Which call the large panel shows: each new one for a while, in the order they were made, then the current one.
 *
 * Calls of one second would otherwise cover each other, and only the last citizen would see the number. Many are shown
 * two at a time, so that the last of them need not wait for long.
 */

const HOLD = 3000; // ms that a new call keeps the panel to itself
const CROWD = 3; // so many that wait for the panel are shown two at a time

const keyOf = (call) => `${call.id} ${call.at}`;

/** `show(calls, isNew)` puts one call, two, or none, on the panel. Returns {update(view)}. */
export function openStage(show) {
  let view = null;
  let seen = new Set();
  let queue = [];
  let shown = [];
  let until = 0;
  let timer = 0;

  function settle() {
    clearTimeout(timer);
    const awaited = new Map(view.fresh.map((call) => [keyOf(call), call]));
    queue = queue.filter((key) => awaited.has(key));
    const rest = until - performance.now();
    // Whoever has come needs the panel no more, and others wait for it.
    const answered = queue.length > 0 && !shown.some((key) => awaited.has(key));
    if (rest > 0 && !answered) {
      timer = setTimeout(settle, rest);
      return;
    }
    if (queue.length === 0) {
      put(view.call ? [view.call] : [], false);
      return;
    }
    const next = queue.splice(0, queue.length < CROWD ? 1 : 2);
    put(next.map((key) => awaited.get(key)), true);
    until = performance.now() + HOLD;
    timer = setTimeout(settle, HOLD);
  }

  function put(calls, isNew) {
    shown = calls.map(keyOf);
    show(calls, isNew);
  }

  return {
    update(next) {
      const first = view === null;
      view = next;
      const fresh = view.fresh.map(keyOf);
      // A page that has just been opened shows the newest call; the ones before it were shown elsewhere or are over.
      const news = first ? fresh.slice(-1) : fresh.filter((key) => !seen.has(key));
      seen = new Set(fresh);
      queue.push(...news);
      // The call on the panel may have changed meanwhile: its citizen has come.
      if (view.call && shown.join() === keyOf(view.call)) show([view.call], false);
      settle();
    },
  };
}
