/** Seconds left, drawn in a ring (templates/web/ring.html) that steps once a second. */

const ROUND = 100; // the ring's circumference in its own units: see .ring-left in shapes.css

/**
 * Count `seconds` down in the ring inside `element`, then call `onEnd`; while `held()` it waits. Returns a function that
 * stops it.
 * Counts by the page's clock, not by ticks: a throttled timer must not stretch the time.
 */
export function startCountdown(element, seconds, onEnd, held = () => false) {
  const left = element.querySelector(".ring-left");
  const word = element.querySelector(".ring-seconds");
  let last = Date.now();
  let until = last + seconds * 1000;
  let timer = 0;
  const tick = () => {
    const now = Date.now();
    if (held()) until += now - last;
    last = now;
    const rest = Math.max(0, Math.ceil((until - now) / 1000));
    word.textContent = String(rest);
    left.style.strokeDashoffset = String(ROUND - (ROUND * rest) / seconds);
    if (rest > 0) return;
    clearInterval(timer);
    onEnd();
  };
  timer = setInterval(tick, 250);
  tick();
  return () => clearInterval(timer);
}
