/** Five touches in the top right corner: nobody does that by chance, and nothing there shows that it does anything. */

const TOUCHES = 5;
const WITHIN = 4000; // ms
const SIDE = 0.12; // of the panel's shorter side

export function watchCorner(onTouched) {
  let times = [];
  document.addEventListener("pointerdown", ({ clientX, clientY, timeStamp }) => {
    const side = Math.min(window.innerWidth, window.innerHeight) * SIDE;
    if (clientX < window.innerWidth - side || clientY > side) {
      times = [];
      return;
    }
    times = [...times, timeStamp].slice(-TOUCHES);
    if (times.length < TOUCHES || timeStamp - times[0] > WITHIN) return;
    times = [];
    onTouched();
  });
}
