/** Moves what stands still for long, a little and seldom, so that it does not burn in. */

const EVERY = 5 * 60 * 1000; // ms
const PLACES = [[0, 0], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]];
const STEP = 2.5; // rem: 40 px on a screen of 1920

/** Moves `element` to the next of nine places every five minutes. */
export function drift(element) {
  let turn = 0;
  setInterval(() => {
    turn += 1;
    const [x, y] = PLACES[turn % PLACES.length];
    element.style.transform = `translate(${x * STEP}rem, ${y * STEP}rem)`;
  }, EVERY);
}
