/** 直接办理: somebody without a number is served at once. */

import { createDialog } from "./dialog.js";
import { fillClasses, fillServices } from "./fields.js";

export function createDirect(tools) {
  return createDialog("direct", {
    action: "direct",
    tools,
    fill() {
      fillServices("direct-service", tools.view());
      fillClasses("direct", tools.view());
    },
    read: ({ elements }) => ({ service: elements.service.value, priority: elements.priority.value }),
  });
}
