/** The page's words. base.html embeds the catalogue of the page's language as a JSON island; English needs none. */

const words = JSON.parse(document.getElementById("words").textContent);

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The message in the page's language. `{name}` in it is replaced by `values.name`. */
export function t(message, values = {}) {
  return fill(words[message] || message, values);
}

/** Marks a message that a table holds and `t` shows later, so that the extraction of messages finds it. */
export const msg = (message) => message;

/** The message in English whatever the page's language: the small second line. */
export function english(message, values = {}) {
  return fill(message, values);
}

/**
 * The message cut at its placeholders, for values that are elements: `fill(p, phrase(text, {n: h("b", {}, 5)}))`.
 * Returns an array of texts and values.
 */
export function phrase(message, values) {
  return (words[message] || message)
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== "")
    .map((piece) => {
      const name = piece.slice(1, -1);
      return piece.startsWith("{") && name in values ? values[name] : piece;
    });
}

/** Whether the page itself is in English (its second lines are then hidden). */
export const inEnglish = document.documentElement.lang === "en";

/** A payload's field in the page's language: `pick(service, "name")` reads name_en on an English page if it is there. */
export function pick(thing, field) {
  return (inEnglish && thing[`${field}_en`]) || thing[field] || "";
}

/** Items in a row: "2, 3", in Chinese with the pause mark. */
export function listText(items) {
  return items.join(inEnglish ? ", " : "\u3001");
}
