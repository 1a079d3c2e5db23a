/** 办结 with one of six outcomes; 补正 and 退回 offer the notice of missing documents first. */

import { byId } from "/static/web/js/dom.js";
import { createDialog } from "./dialog.js";
import { serviceOf } from "./names.js";
import { RETURNS, createResultFields } from "./result-fields.js";

/** `onSlip({result, next})` hears when the notice comes before the end. */
export function createOutcome(tools, { onSlip }) {
  const wants = () => !byId("outcome-slip-field").hidden && byId("outcome-slip").checked;
  const dialog = createDialog("outcome", {
    action: () => (dialog.form.elements.next.checked ? "call_next" : "finish"),
    tools,
    fill() {
      const view = tools.view();
      const service = view.ticket && serviceOf(view, view.ticket.service);
      fields.set({ kind: service ? service.result : "done" });
    },
    shown: () => fields.focus(),
    read({ elements }) {
      const result = fields.read();
      if (!wants()) return { result };
      dialog.close();
      onSlip({ result, next: elements.next.checked });
      return null;
    },
  });
  const fields = createResultFields(dialog.form, {
    onChange(kind) {
      const { ticket } = tools.view();
      const offered = ticket && ticket.state === "serving" && !ticket.told_here && RETURNS.includes(kind);
      if (byId("outcome-slip-field").hidden && offered) byId("outcome-slip").checked = true;
      byId("outcome-slip-field").hidden = !offered;
    },
  });
  return dialog;
}
