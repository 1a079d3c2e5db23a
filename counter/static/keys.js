/** The keys of the desk, as the hall has set them: written on their buttons from here alone, and heard here alone. */

import { setText } from "/static/web/js/dom.js";

const NAMES = { Ctrl: "Control" }; // as aria-keyshortcuts writes them

/** `onKey(action, keys)` hears of every press of an action's key, never while a form is open. */
export function createKeys({ onKey }) {
  let actions = {}; // "Alt+M" -> "more"

  document.addEventListener("keydown", (event) => {
    const pressed = combination(event);
    const action = actions[pressed];
    if (!action) return;
    const behind = document.querySelector("dialog[open]") !== null;
    // In a form Ctrl+Z is the field's own; a function key opens nothing of the browser's there either.
    if (!behind || !event.ctrlKey) event.preventDefault();
    // A key held down is one press; behind a dialog nothing is pressed.
    if (!event.repeat && !behind) onKey(action, pressed);
  });

  return {
    /** `keys`: action -> combination, null for none. */
    render(keys) {
      actions = Object.fromEntries(Object.entries(keys).filter(([, held]) => held).map(([action, held]) => [held, action]));
      for (const element of document.querySelectorAll("[data-key]")) draw(element, keys[element.dataset.key] || null);
    },
  };
}

function draw(element, held) {
  element.hidden = held === null;
  setText(element, held ? held.replace(/\+/g, " ") : "");
  const button = element.closest("button");
  if (!button) return;
  if (held) button.setAttribute("aria-keyshortcuts", held.split("+").map((part) => NAMES[part] || part).join("+"));
  else button.removeAttribute("aria-keyshortcuts");
}

/** "Ctrl+Shift+Z", as config.yaml writes it: by the place of the key, whatever the input method makes of it. */
function combination(event) {
  if (event.metaKey || event.getModifierState("AltGraph")) return null;
  const held = [event.ctrlKey && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift"];
  return [...held, keyOf(event)].filter(Boolean).join("+");
}

/** "M", "1", "F8": a keyboard on the screen, or one over a remote line, may give no place. */
export function keyOf(event) {
  const [, written] = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code) || [];
  return written || event.code || event.key.toUpperCase();
}
