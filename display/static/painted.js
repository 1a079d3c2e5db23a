/** Calls `then` once what was just drawn is on the screen: never in a window that nobody can see. */
export function painted(then) {
  requestAnimationFrame(() => requestAnimationFrame(then));
}
