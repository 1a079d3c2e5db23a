/** Lists whose buttons are reached by arrows: up and down, or left and right, Home and End; Escape leaves. */

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Arrows within `list` move among those of its `selector` that are to be seen, and from `list` itself to the first. */
export function moveByArrows(list, selector) {
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.closest("dialog")) document.activeElement.blur();
    const all = seen(list, selector);
    const from = all.indexOf(document.activeElement);
    const to = { Home: 0, End: all.length - 1 }[event.key];
    const next = to === undefined ? from + STEPS[event.key] : to;
    if ((from < 0 && document.activeElement !== list) || Number.isNaN(next)) return;
    event.preventDefault();
    all[Math.min(Math.max(next, 0), all.length - 1)].focus();
  });
}

/** Gives the focus to the first of them. Returns whether there is one. */
export function enter(list, selector) {
  const [first] = seen(list, selector);
  if (first) first.focus();
  return first !== undefined;
}

function seen(list, selector) {
  return Array.from(list.querySelectorAll(selector)).filter((one) => one.offsetParent !== null);
}
