/** 撤销: the finish or no-show of a moment ago, as long as it can be taken back. It stands where the facts of a ticket
 *  stand otherwise, so that nothing moves when it comes and goes. */

import { byId, setText } from "/static/web/js/dom.js";
import { msg, t } from "/static/web/js/words.js";

const DONE = { finished: msg("{number} is finished"), no_show: msg("{number} is passed") };

/** The ticket that can be taken back at `now`: {ticket, number, state, until}, or null. */
export function undoable(view, now) {
  return view.undo && Date.parse(view.undo.until) > now.getTime() ? view.undo : null;
}

export function createUndo({ onUndo }) {
  byId("undo-go").addEventListener("click", () => {
    if (!byId("undo-go").getAttribute("aria-disabled")) onUndo();
  });
  return {
    render(view, now, able) {
      const undo = undoable(view, now);
      const shown = undo !== null && view.ticket === null;
      byId("undo").hidden = !shown;
      if (!shown) return;
      setText(byId("undo-main"), t(DONE[undo.state], { number: undo.number }));
      const seconds = Math.ceil((Date.parse(undo.until) - now.getTime()) / 1000);
      setText(byId("undo-left"), t("{n} s left to take it back", { n: seconds }));
      if (able) byId("undo-go").removeAttribute("aria-disabled");
      else byId("undo-go").setAttribute("aria-disabled", "true");
    },
  };
}
