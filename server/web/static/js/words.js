/** The page's words. base.html embeds the catalogue of the page's language as a JSON island; English needs none. */

const words = JSON.parse(document.getElementById("words").textContent);

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The message in the page's language. `{name}` in it is replaced by `values.name`. */
export function t(message, values = {}) {
  return fill(words[message] || message, values);
}

/** The message in English whatever the page's language: the small second line. */
export function english(message, values = {}) {
  return fill(message, values);
}

/** Whether the page itself is in English (its second lines are then hidden). */
export const inEnglish = document.documentElement.lang === "en";

/** A payload's field in the page's language: `pick(service, "name")` reads name_en on an English page if it is there. */
export function pick(thing, field) {
  return (inEnglish && thing[`${field}_en`]) || thing[field] || "";
}
