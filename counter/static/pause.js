/** The pause dialog: a reason from the list or in own words, and when the clerk is back. */

import { createDialog } from "./dialog.js";
import { createReason } from "./fields.js";

export function createPause(tools) {
  const reason = createReason("pause");
  return createDialog("pause", {
    action: "pause",
    tools,
    fill: reason.draw,
    read(form) {
      const text = reason.read();
      return text && { reason: text, minutes: Number(form.elements.minutes.value) || null };
    },
  });
}
