/** 更正: another outcome for one of the last services of this window, with the reason. */

import { byId } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { fillSelect } from "./fields.js";
import { serviceName } from "./names.js";
import { createResultFields, outcomeName } from "./result-fields.js";

export function createCorrect(tools) {
  const key = (one) => `${one.ticket}/${one.leg}`;
  const chosen = () => tools.view().ended.find((one) => key(one) === byId("correct-leg").value);
  const draw = () => chosen() && fields.set(chosen().result);

  const dialog = createDialog("correct", {
    action: "correct",
    tools,
    fill() {
      const view = tools.view();
      const words = (one) => `${one.number} ${serviceName(view, one.service)} ${outcomeName(one.result.kind)}`;
      fillSelect("correct-leg", [["", view.ended.map((one) => ({ value: key(one), words: words(one) }))]]);
      draw();
    },
    read({ elements }, say) {
      const one = chosen();
      const reason = elements.reason.value.trim();
      if (one && reason) return { ticket: one.ticket, leg: one.leg, number: one.number, result: fields.read(), reason };
      say(one ? t("Please say why it is corrected") : t("No service of yours has ended here today"));
      return null;
    },
    done: ({ number }) => tools.tell({ main: t("The outcome of {number} is corrected", { number }), good: true }),
  });
  const fields = createResultFields(dialog.form);
  byId("correct-leg").addEventListener("change", draw);
  return dialog;
}
