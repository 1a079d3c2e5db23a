/** 挂起: why, of which kind, and when it should go on. */

import { t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { createReason } from "./fields.js";

export function createHold(tools) {
  const reason = createReason("hold");
  return createDialog("hold", {
    action: "hold",
    tools,
    fill: reason.draw,
    read(form, say) {
      const text = reason.read();
      const minutes = Number(form.elements.minutes.value) || null;
      const kind = form.elements.kind.value;
      if (kind === "waiting" && minutes === null) {
        say(t("Please say when it comes back"));
        return null;
      }
      return text && { kind, reason: text, minutes };
    },
  });
}
