/** The outcome of a service as two forms ask for it: one of six, how many, and a note. */

import { msg, t } from "/static/web/js/words.js";

const WORDS = {
  done: msg("Done"),
  accepted: msg("Accepted for processing"),
  supplement: msg("Papers to be supplied"),
  returned: msg("Returned"),
  consultation: msg("Consultation"),
  referred: msg("Referred"),
};
export const RETURNS = ["supplement", "returned"]; // the citizen has to come again

export function outcomeName(kind) {
  return t(WORDS[kind]);
}

/** Of the dialog's `form`; `onChange(kind)` hears of every change. */
export function createResultFields(form, { onChange = () => {} } = {}) {
  const options = Array.from(form.querySelectorAll("[name=kind]"));
  form.addEventListener("change", (event) => {
    if (event.target.name === "kind") onChange(event.target.value);
  });
  return {
    kind: () => form.elements.kind.value,
    set({ kind, quantity = 1, note = "" }) {
      for (const one of options) one.checked = one.value === kind;
      form.elements.quantity.value = String(quantity);
      form.elements.note.value = note;
      onChange(kind);
    },
    /** The chosen outcome has the focus: digits and arrows work at once. */
    focus() {
      const chosen = options.find((one) => one.checked);
      if (chosen) chosen.focus();
    },
    read: () => ({
      kind: form.elements.kind.value,
      quantity: Number(form.elements.quantity.value),
      note: form.elements.note.value.trim(),
    }),
  };
}
