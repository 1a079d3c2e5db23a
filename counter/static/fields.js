/** Fields that several forms share: a reason from a list or in own words, choices, and a number. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";
import { className } from "./names.js";

const DIGITS = 3; // of a number, at least

/** The reason of a form: one of its `reason` options, or what is written in `#<name>-own`. */
export function createReason(name, { optional = false } = {}) {
  const form = byId(`${name}-form`);
  const own = byId(`${name}-own`);
  const isOwn = () => form.elements.reason.value === "own";
  const draw = () => {
    own.hidden = !isOwn();
    own.required = isOwn() && !optional;
  };
  form.addEventListener("change", (event) => {
    draw();
    if (event.target.name === "reason" && isOwn() && !own.value) own.focus();
  });
  return {
    draw,
    /** The text, or null when it is asked for and missing; then the field says so. */
    read() {
      const text = isOwn() ? own.value.trim() : form.elements.reason.value;
      if (text || optional) return text;
      own.value = "";
      own.reportValidity();
      return null;
    },
  };
}

/** Radio options in `#<id>`: `choices` are {value, words, second}. The first is chosen unless `value` says another. */
export function fillOptions(id, name, choices, value = choices.length ? choices[0].value : null) {
  const make = (one) =>
    h(
      "label.option",
      {},
      h("input.option-input", { type: "radio", name, value: one.value, checked: one.value === value }),
      h("span.option-word", {}, one.words, one.second && h("span.option-second", {}, one.second)),
    );
  fill(byId(id), choices.map(make));
}

/** `groups` are [label, [{value, words}]]; a single group needs no label. */
export function fillSelect(id, groups) {
  const options = (all) => all.map((one) => h("option", { value: one.value }, one.words));
  const shown = groups.filter(([, all]) => all.length > 0);
  const nodes = shown.map(([label, all]) => (shown.length > 1 ? h("optgroup", { label }, options(all)) : options(all)));
  fill(byId(id), nodes);
}

/** Every service of the hall in the select `#<id>`, the window's own first. */
export function fillServices(id, view) {
  const own = view.window.services.map((one) => one.code);
  const options = (mine) =>
    view.hall.services
      .filter((one) => own.includes(one.code) === mine)
      .map((one) => ({ value: one.code, words: pick(one, "name") }));
  fillSelect(id, [
    [t("This window"), options(true)],
    [t("Other services"), options(false)],
  ]);
}

/** The priority classes that a clerk may give, as options `priority` in `#<name>-class-options`. */
export function fillClasses(name, view, value) {
  const choices = givenClasses(view).map(({ code }) => ({ value: code, words: className(view, code) }));
  fillOptions(`${name}-class-options`, "priority", choices, value);
}

/** All but the class of a booking, which only its own check-in gives. */
export function givenClasses(view) {
  return view.hall.classes.filter((one) => one.code !== "appointment");
}

/**
 * A number typed into `#<name>-number`, or picked from those offered beneath it. `day()` is the business day, which is
 * part of a ticket's id. `onChange(number)` hears of every change.
 */
export function createNumber(name, { day, onChange = () => {} }) {
  const input = byId(`${name}-number`);
  const form = byId(`${name}-form`);

  const number = () => {
    const [whole, letter, digits] = /^([A-Z])0*(\d+)$/.exec(input.value.trim().toUpperCase()) || [];
    return whole ? `${letter}${digits.padStart(DIGITS, "0")}` : null;
  };
  const mark = () => {
    for (const one of form.querySelectorAll("[name=offered]")) one.checked = one.value === number();
    onChange(number());
  };
  input.addEventListener("input", mark);
  form.addEventListener("change", (event) => {
    if (event.target.name !== "offered") return;
    input.value = event.target.value;
    onChange(number());
  });

  return {
    /** `choices` are {value, words, second}; `value` is filled in. */
    offer(choices, value = "") {
      fillOptions(`${name}-offered`, "offered", choices, value);
      byId(`${name}-offers`).hidden = choices.length === 0;
      input.value = value;
      onChange(number());
    },
    number,
    /** The ticket's id; null when nothing that looks like a number is there, and then the field says so. */
    read() {
      input.setCustomValidity(number() ? "" : input.dataset.invalid);
      if (!input.reportValidity()) {
        input.addEventListener("input", () => input.setCustomValidity(""), { once: true });
        return null;
      }
      return `${day().replace(/-/g, "").slice(2)}${number()}`;
    },
  };
}

/** Shows or hides, with words if there are any. */
export function showText(element, text) {
  element.hidden = !text;
  setText(element, text || "");
}
