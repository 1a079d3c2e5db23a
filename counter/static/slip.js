/** 一次性告知: what is missing, named once, with what was named before for the same matter. */

import { get } from "/static/web/js/api.js";
import { byId, h } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { drawEarlier } from "./earlier.js";
import { serviceOf } from "./names.js";
import { createPapers } from "./papers.js";
import { BY_HAND, fillPrinters, printingNotice } from "./printers.js";

/** `then`: {result, next} that the notice comes before. `onDone(then)` ends the service; resolves to whether it could. */
export function createSlip(tools, number, { onDone }) {
  let then = null;
  let asked = 0; // the latest question: older answers are dropped

  const dialog = createDialog("slip", {
    action: "name_documents",
    tools,
    fill(context = null) {
      then = context;
      const view = tools.view();
      const service = serviceOf(view, view.ticket.service);
      papers.offer(service ? service.documents : []);
      byId("slip-no-printer").hidden = fillPrinters("slip-printer", view, { byHand: true });
      byId("slip-due").min = view.day;
      drawEarlier([]);
      look("");
    },
    shown: () => papers.focus(),
    read({ elements }, say) {
      const documents = papers.read();
      if (documents.length === 0) {
        say(t("Please name at least one document"));
        return null;
      }
      return {
        documents,
        due: elements.due.value || null,
        earlier: elements.before.value.trim().toUpperCase() || null,
        printer: elements.printer.value === BY_HAND ? null : elements.printer.value,
      };
    },
    async done(details, { notice, print, page }) {
      if (then && !(await onDone(then))) return;
      if (print) tools.tell(printingNotice(tools.view(), notice.number, print.printer));
      else {
        const link = h("a", { href: page, target: "_blank", rel: "noopener" }, t("Open the page to print or copy by hand"));
        tools.tell({ main: t("Notice {number} is kept, but on no paper yet", { number: notice.number }), second: link, lasting: true });
      }
    },
  });
  const papers = createPapers(dialog.form);

  async function look(before) {
    const question = (asked += 1);
    const { status, body } = await get(`/api/v1/windows/${number}/documents?notice=${encodeURIComponent(before)}`);
    if (question !== asked) return;
    if (status === 200) drawEarlier(body.earlier);
    else if (status !== 0) dialog.say(body.error.message);
  }
  const before = byId("slip-before");
  before.addEventListener("change", () => {
    dialog.say("");
    look(before.value.trim());
  });
  // A scanner ends with Enter, which must look the number up and not send the form.
  before.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !before.value) return;
    event.preventDefault();
    look(before.value.trim());
  });
  return dialog;
}
