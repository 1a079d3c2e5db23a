/**
 * Which call the large panel shows: each new one for a while, in the order they were made, then the current one.
 *
 * Calls of one second would otherwise cover each other, and only the last citizen would see the number.
 */

const HOLD = 3000; // ms that a new call keeps the panel to itself

const keyOf = (call) => `${call.id} ${call.at}`;

/** `show(call, isNew)` puts a call, or null, on the panel. Returns {update(view)}. */
export function openStage(show) {
  let view = null;
  let seen = new Set();
  let queue = [];
  let shown = null;
  let until = 0;
  let timer = 0;

  function settle() {
    clearTimeout(timer);
    const rest = until - performance.now();
    if (rest > 0) {
      timer = setTimeout(settle, rest);
      return;
    }
    const awaited = new Map(view.fresh.map((call) => [keyOf(call), call]));
    queue = queue.filter((key) => awaited.has(key));
    if (queue.length === 0) {
      put(view.call, false);
      return;
    }
    put(awaited.get(queue.shift()), true);
    until = performance.now() + HOLD;
    timer = setTimeout(settle, HOLD);
  }

  function put(call, isNew) {
    shown = call && keyOf(call);
    show(call, isNew);
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
      if (view.call && shown === keyOf(view.call)) show(view.call, false);
      settle();
    },
  };
}
