/** 补打 of a notice of missing documents, by its number. */

import { byId, fill, h } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { fillPrinters, printingNotice } from "./printers.js";

export function createAgain(tools) {
  return createDialog("again", {
    action: "print_notice",
    tools,
    fill() {
      const view = tools.view();
      const here = view.ticket ? view.ticket.notices.map((one) => one.number) : [];
      const known = [...here, ...view.ended.flatMap((one) => one.notices)];
      fill(byId("again-known"), known.map((value) => h("option", { value })));
      byId("again-number").value = known.length ? known[0] : "";
      fillPrinters("again-printer", view);
    },
    read({ elements }, say) {
      const { notice, printer } = elements;
      if (printer.value) return { notice: notice.value.trim().toUpperCase(), printer: printer.value };
      say(t("No printer is set up for this window or at a kiosk"));
      return null;
    },
    done: ({ notice, printer }) => tools.tell(printingNotice(tools.view(), notice, printer)),
  });
}
