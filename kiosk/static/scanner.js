/**
 * A barcode reader that types what it reads, as most do, and ends it with Enter. Told apart from a finger by its Enter,
 * not by its speed: a rule on the pause between two keys loses digits on a busy panel. What it types goes nowhere else on
 * the page, whether it is wanted now or not.
 */

const LONGEST = 400;

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
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && (text || event.key !== " ")) {
      event.preventDefault();
      text = (text + event.key).slice(-LONGEST);
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
