/**
 * A barcode reader that types what it reads, as most do, and ends it with Enter. Told apart from a finger by its Enter,
 * not by its speed: a rule on the pause between two keys loses digits on a busy panel. What it types goes nowhere else on
 * the page, whether it is wanted now or not. Nor does the browser get it: a code with control characters would open its
 * dialogs and developer tools.
 */

const LONGEST = 400;
/** What a keyboard works the page with, while no code is being read. */
const LEFT_ALONE = [
  "Enter", " ", "Tab", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown",
];
const hasModifier = (event) => event.ctrlKey || event.metaKey || event.altKey;

/** Whether a key may do what it does in this page; Escape answers a dialog. */
function isLeftAlone(event) {
  if (hasModifier(event)) return false;
  return LEFT_ALONE.includes(event.key) || (event.key === "Escape" && document.querySelector("dialog[open]") !== null);
}

/** `listening()`: whether what was typed is wanted now; `onText(text)` gets it whole. */
export function watchScanner({ listening, onText }) {
  let text = "";

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && text) {
      // Else it would press whatever button was touched last.
      event.preventDefault();
      event.stopPropagation();
      const read = text;
      text = "";
      if (listening()) onText(read.trim());
    } else if (text || !isLeftAlone(event)) {
      event.preventDefault();
      if (event.key.length === 1 && !hasModifier(event)) text = (text + event.key).slice(-LONGEST);
    }
  }, true);
  // A finger begins anew: half a code that was read long ago must not be put before the next one.
  document.addEventListener("pointerdown", () => {
    text = "";
  }, true);
}

/**
 * What a code says: {token} of a ticket's page, {ref} of a booking, {number} of a ticket; null when it says nothing here.
 * A booking's code may stand in an address or among words.
 */
export function readCode(text) {
  const ticket = /\/t\/([A-Za-z0-9_-]{6,64})/.exec(text);
  if (ticket) return { token: ticket[1] };
  const code = /(?:^|[^0-9])([0-9]{8})(?:[^0-9]|$)/.exec(text);
  if (code) return { ref: code[1] };
  if (/^[0-9]{4}$/.test(text)) return { ref: text };
  return /^[A-Za-z][0-9]{1,6}$/.test(text) ? { number: text.toUpperCase() } : null;
}
