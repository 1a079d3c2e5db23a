/** 更多: the actions needed less often, each with a key while the menu is open; some have a button elsewhere too. */

import { byId, setText } from "/static/web/js/dom.js";
import { reasonText } from "./reasons.js";
import { isProven } from "./names.js";

/** `onChoose(name)` hears of every choice that can be had; `view()` and `online()` tell how things are. */
export function createMore({ view, online, onChoose }) {
  const dialog = byId("more-dialog");
  const items = Array.from(dialog.querySelectorAll("[data-more]"));
  const doors = Array.from(document.querySelectorAll("[data-open]"));
  let before = null;

  function whyNot(name) {
    const { actions, ticket, hall } = view();
    if (!online()) return "offline";
    if (name === "put_back" && actions.refused[name] === "already_started") return "started";
    if (actions.refused[name]) return actions.refused[name];
    if (name === "verify" && !isProven(view(), ticket.priority)) return "no_class";
    if (name === "bookings" && !hall.services.some((one) => one.bookable)) return "no_bookings";
    if (name === "paper" && hall.rules.paper === null) return "no_paper";
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

  function choose(name) {
    draw();
    if (whyNot(name)) return;
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
    const item = items.find((one) => one.dataset.key === event.key.toUpperCase());
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    choose(item.dataset.more);
  });

  return {
    open() {
      if (dialog.open) return;
      before = document.activeElement;
      draw();
      dialog.showModal();
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
