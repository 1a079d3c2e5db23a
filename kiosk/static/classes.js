/** Who goes first: the hall's priority classes as large cards, each with the proof that the window looks at. */

import { byId, fill, h, icon } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";

const ICONS = {
  elderly: "cane",
  disabled: "wheelchair",
  pregnant: "pregnant",
  military: "star",
  veteran: "star",
  firefighter: "flame",
  infant: "pram",
};

/** `onChoose(class)`, `onBack()`. */
export function createClasses({ onChoose, onBack }) {
  let shown = "";
  byId("priority-back").addEventListener("click", onBack);
  return {
    render(classes, off) {
      const key = JSON.stringify(classes);
      if (key !== shown) fill(byId("classes"), classes.map((one) => card(one, onChoose)));
      shown = key;
      for (const one of byId("classes").children) one.disabled = off;
    },
  };
}

function card(one, onChoose) {
  const proof = pick(one, "proof");
  return h("button.choice.class-card", { type: "button", data: { code: one.code }, onclick: () => onChoose(one) },
    h("span.disc", {}, icon(ICONS[one.code] || "person")),
    h("span.class-words", {}, h("span.class-name", {}, pick(one, "name")),
      proof ? h("span.class-proof", {}, t("Shown at the window: {proof}", { proof })) : null));
}
