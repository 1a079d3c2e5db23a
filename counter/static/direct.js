/** 直接办理: somebody without a number is served at once. */

import { pick, t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { fillOptions, fillSelect } from "./fields.js";
import { className } from "./names.js";

export function createDirect(tools) {
  return createDialog("direct", {
    action: "direct",
    tools,
    fill() {
      const view = tools.view();
      const own = view.window.services.map((one) => one.code);
      const options = (mine) =>
        view.hall.services
          .filter((one) => own.includes(one.code) === mine)
          .map((one) => ({ value: one.code, words: pick(one, "name") }));
      fillSelect("direct-service", [
        [t("This window"), options(true)],
        [t("Other services"), options(false)],
      ]);
      const classes = view.hall.classes.filter((one) => one.code !== "appointment");
      fillOptions(
        "direct-class-options",
        "priority",
        classes.map((one) => ({ value: one.code, words: className(view, one.code) })),
      );
    },
    read: ({ elements }) => ({ service: elements.service.value, priority: elements.priority.value }),
  });
}
