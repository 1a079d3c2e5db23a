/** Who answers for the hall today: one card at a time, the leaders first, then the windows on duty. */

import { byId, fill, h } from "/static/web/js/dom.js";
import { listText, msg, t } from "/static/web/js/words.js";

const TURN = 8000; // ms a card stays
const TITLES = { leader: msg("Leader on duty today"), shift_leader: msg("Shift leader today") };

/** Returns {update(duties)}. */
export function openDuty() {
  const card = byId("duty");
  const drawn = byId("duty-drawing").content.firstElementChild;
  let cards = [];
  let turn = 0;

  function show() {
    byId("hotline").hidden = cards.length > 0;
    card.hidden = cards.length === 0;
    if (cards.length > 0) fill(card, cards[turn % cards.length]());
  }

  setInterval(() => {
    turn += 1;
    if (cards.length > 1) show();
  }, TURN);
  return {
    update(duties) {
      const windows = duties.filter((duty) => duty.role === "window" && duty.window !== null);
      cards = duties.filter((duty) => duty.role !== "window").map((duty) => () => person(duty, drawn));
      if (windows.length > 0) cards.push(() => places(windows));
      turn = 0;
      show();
    },
  };
}

function person(duty, drawn) {
  const outline = () => h("span.duty-photo", {}, drawn.cloneNode(true));
  const photo = duty.photo ? h("img.duty-photo", { src: duty.photo, alt: "", onerror: () => photo.replaceWith(outline()) }) : outline();
  const phone = duty.phone || byId("hotline-number").textContent;
  return [
    photo,
    h(
      "span.duty-words",
      {},
      h("span.duty-title", {}, t(TITLES[duty.role])),
      h("b.duty-name", {}, duty.name, h("span.duty-post", {}, duty.post)),
    ),
    h("span.duty-phone", {}, h("span.duty-title", {}, t("Call us at")), h("b.duty-number", {}, phone)),
  ];
}

function places(duties) {
  const numbers = Array.from(new Set(duties.map((duty) => duty.window))).sort((one, other) => one - other);
  return h(
    "span.duty-words.duty-places",
    {},
    h("span.duty-title", {}, t("Windows on duty today")),
    h("b.duty-name", {}, t("Window {numbers}", { numbers: listText(numbers) })),
  );
}
