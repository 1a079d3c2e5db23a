/** The notices at the foot: running by when they do not fit, one at a time where motion is not wanted. */

import { byId, fill, h } from "/static/web/js/dom.js";

const PACE = 60 / 16; // rem per second: 60 px on a screen of 1920
const TURN = 8000; // ms a notice stays without motion

/** Returns {update(texts)}. */
export function openNotices() {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let texts = [];
  let turn = 0;

  function draw() {
    byId("notices").hidden = texts.length === 0;
    if (texts.length === 0) return;
    if (still.matches) showOne(texts[turn % texts.length]);
    else showAll(texts);
  }

  still.addEventListener("change", draw);
  window.addEventListener("resize", draw);
  setInterval(() => {
    turn += 1;
    if (still.matches) draw();
  }, TURN);
  return {
    update(next) {
      texts = next;
      draw();
    },
  };
}

function showOne(text) {
  fill(byId("notices-window"), h("p.notices-run", {}, h("span.notice.notice-alone", {}, text)));
}

function showAll(texts) {
  const frame = byId("notices-window");
  const run = h("div.notices-run", {}, notices(texts));
  fill(frame, run);
  const width = run.offsetWidth;
  if (width <= frame.offsetWidth) {
    run.lastChild.classList.add("notice-alone");
    return;
  }
  // A second copy follows the first, so that there is no gap when it starts again.
  run.append(...notices(texts, true));
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  run.style.animationDuration = `${width / (PACE * rem)}s`;
  run.classList.add("notices-moving");
}

function notices(texts, copy = false) {
  return texts.map((text) => h("span.notice", { "aria-hidden": copy ? "true" : null }, text));
}
