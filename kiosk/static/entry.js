/** A screen on which something short is typed with large keys, or scanned instead. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";
import { renderStrip } from "./strip.js";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * `name` begins the ids of the screen's elements. `letters` stand above the digits: a letter begins the text anew.
 * `limit` is the longest text, `complete(text)` says whether it can be sent, `incomplete` what to say when not. What is
 * `secret` shows as dots. `onRefuse()` is told when nothing came of what was typed.
 */
export function createEntry({
  name, letters = [], limit, secret = false, complete, incomplete, onSubmit, onBack, onRefuse,
}) {
  const field = byId(`${name}-field`);
  const strip = byId(`${name}-strip`);
  const send = byId(`${name}-send`);
  const label = send.textContent;
  let text = "";
  let notice = null;
  let timer = 0;

  function draw() {
    setText(field, secret ? "\u25cf".repeat(text.length) : spaced(text));
    field.toggleAttribute("data-empty", text === "");
    renderStrip(strip, notice);
    byId(`${name}-how`).hidden = notice !== null;
  }

  function set(value) {
    notice = null;
    text = value.slice(0, limit);
    draw();
  }

  function press(key) {
    if (letters.includes(key)) set(key + text.replace(/^[A-Z]/, ""));
    else set(text + key);
  }

  function submit() {
    if (complete(text)) onSubmit(text);
    else entry.refuse(incomplete());
  }

  const keys = (signs, kind) => signs.map((sign) =>
    h(`button.button.pad-key.${kind}`, { type: "button", onclick: () => press(sign) }, sign));
  fill(byId(`${name}-pad`),
    letters.length ? h("div.pad-letters", { role: "group", "aria-label": t("Letters") }, keys(letters, "pad-letter")) : null,
    h("div.pad-digits", { role: "group", "aria-label": t("Digits") }, keys(DIGITS, "pad-digit"),
      h("button.button.pad-word", { type: "button", onclick: () => set("") }, h("span", {}, t("Clear"))),
      keys(["0"], "pad-digit"),
      h("button.button.pad-word", { type: "button", onclick: () => set(text.slice(0, -1)) },
        icon("backspace"), h("span", {}, t("Delete")))));
  byId(`${name}-back`).addEventListener("click", onBack);
  send.addEventListener("click", submit);

  const entry = {
    /** What the screen says, for the voice. */
    get said() {
      return { kind: notice && notice.unknown ? "not-found" : name };
    },
    /** Nothing typed, nothing said. */
    clear() {
      entry.wait(false);
      set("");
    },
    /** Say why nothing came of it: {main, second, unknown}; until the next key. */
    refuse(why) {
      notice = why;
      draw();
      onRefuse();
    },
    /** The main button says that the hall is being asked. */
    wait(on) {
      clearTimeout(timer);
      send.setAttribute("aria-busy", String(on));
      if (on) timer = setTimeout(() => setText(send, t("Please wait a moment")), 300);
      else setText(send, label);
    },
    render(off) {
      for (const button of byId(`screen-${name}`).querySelectorAll("button")) button.disabled = off;
      byId(`${name}-back`).disabled = false;
    },
  };
  draw();
  return entry;
}

/** Eight digits are read in two halves. */
function spaced(text) {
  return /^[0-9]{5,}$/.test(text) ? `${text.slice(0, 4)} ${text.slice(4)}` : text;
}
