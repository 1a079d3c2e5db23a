/** 更多: the actions needed less often, each with a digit or letter while the menu is open; some have a
 *  button or a key elsewhere too. */

import { byId, setText } from "/static/web/js/dom.js";
import { enter, moveByArrows } from "./arrows.js";
import { keyOf } from "./keys.js";
import { isProven } from "./names.js";
import { reasonText } from "./reasons.js";

/** `onChoose(name)` hears of every choice that can be had, `onRefused(why)` of the others; `view()` and `online()` tell how
 *  things are. */
export function createMore({ view, online, onChoose, onRefused }) {
  const dialog = byId("more-dialog");
  const items = Array.from(dialog.querySelectorAll("[data-more]"));
  const doors = Array.from(document.querySelectorAll("[data-open]"));
  let before = null;

  function whyNot(name) {
    const { actions, ticket, hall } = view();
    if (!online()) return "offline";
    if (name === "put_back" && actions.refused[name] === "already_started") return "started";
    const decided = name === "not_shown" ? "verify" : name;
    if (actions.refused[decided]) return actions.refused[decided];
    if (["verify", "not_shown"].includes(name) && !isProven(view(), ticket.priority)) return "no_class";
    if (name === "correct" && view().ended.length === 0) return "nothing_ended";
    if (name === "paper" && hall.rules.paper === null) return "no_paper";
    if (name === "bookings" && !hall.services.some((one) => one.bookable)) return "no_bookings";
    return null;
  }

  function draw() {
    for (const item of items) {
      const why = whyNot(item.dataset.more);
      const line = byId(`more-why-${item.dataset.more}`);
      line.hidden = why === null;
      setText(line, why ? reasonText(why, view()) : "");
      item.toggleAttribute("data-refused", why !== null);
      lock(item, why !== null);
    }
  }

  /** From the menu, whose entries say why not themselves; or from a button or key elsewhere. */
  function choose(name) {
    draw();
    const why = whyNot(name);
    if (why && !dialog.open) onRefused(why);
    if (why) return;
    dialog.close();
    onChoose(name);
  }

  for (const item of items) item.addEventListener("click", () => choose(item.dataset.more));
  for (const door of doors) door.addEventListener("click", () => choose(door.dataset.open));
  byId("more-no").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (before) before.focus();
    before = null;
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const item = items.find((one) => one.dataset.mark === keyOf(event));
    if (!item) return;
    event.preventDefault();
    choose(item.dataset.more);
  });
  moveByArrows(dialog, ".more-item");

  return {
    has: (name) => items.some((one) => one.dataset.more === name),
    choose,
    open() {
      if (dialog.open) return;
      before = document.activeElement;
      draw();
      dialog.showModal();
      enter(dialog, ".more-item"); // a list that scrolls would take the focus itself
    },
    render() {
      if (dialog.open) draw();
      for (const door of doors) lock(door, whyNot(door.dataset.open) !== null);
    },
  };
}

function lock(button, locked) {
  if (locked) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}
