/** The row under the services: other ways to a number, or what ends the one that was begun. */

import { byId, setText } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";

const BUTTONS = ["way-checkin", "way-priority", "way-other-class", "way-ordinary", "way-cancel", "way-take"];

/** `onX()` are told of touches; onOrdinary of those that end what was begun. */
export function createWays({ onCheckIn, onPriority, onOrdinary, onTake }) {
  const told = [onCheckIn, onPriority, onPriority, onOrdinary, onOrdinary, onTake];
  BUTTONS.forEach((id, index) => byId(id).addEventListener("click", told[index]));

  return {
    /** `label`: what the main button says while the number is being taken. */
    render(view, visit, { off, label }) {
      const kind = visit.combined ? "combined" : visit.priority ? "first" : "start";
      byId("ways-start").hidden = kind !== "start" || (!view.booking && !view.classes.length);
      byId("ways-first").hidden = kind !== "first";
      byId("ways-combined").hidden = kind !== "combined";
      byId("way-checkin").hidden = !view.booking;
      byId("way-priority").hidden = !view.classes.length;
      for (const id of BUTTONS) byId(id).disabled = off;
      const take = byId("way-take");
      const count = visit.combined ? visit.picked.length : 0;
      take.setAttribute("aria-disabled", String(count === 0));
      take.setAttribute("aria-busy", String(Boolean(label)));
      setText(byId("way-take-words"), label || takeWords(count));
    },
  };
}

function takeWords(count) {
  if (count === 0) return t("Touch services above");
  return count === 1 ? t("Take a number (1 service)") : t("Take a number ({n} services)", { n: count });
}
