/** 转移: to a service, a window or a colleague, found in one field; where it stands in line, whether it comes back, and a
 *  note. */

import { byId } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { fillSelect } from "./fields.js";
import { serviceName } from "./names.js";
import { createSearch } from "./search.js";
import { targetFields, targets } from "./targets.js";

export function createTransfer(tools) {
  const search = createSearch("transfer", {
    things: () => targets(tools.view()),
    onChange(thing) {
      byId("transfer-service-field").hidden = !thing || thing.kind === "service";
      if (thing) dialog.form.querySelector("[name=order]:checked").focus();
    },
  });

  const dialog = createDialog("transfer", {
    action: "transfer",
    tools,
    fill() {
      const { ticket, hall } = tools.view();
      const same = { value: "", words: t("The same: {service}", { service: serviceName(tools.view(), ticket.service) }) };
      const others = hall.services.filter((one) => one.code !== ticket.service);
      fillSelect("transfer-service", [["", [same, ...others.map((one) => ({ value: one.code, words: pick(one, "name") }))]]]);
      search.clear();
    },
    read({ elements }, say) {
      const target = search.chosen();
      if (!target) {
        say(t("Please choose where to"));
        search.focus();
        return null;
      }
      const service = target.kind === "service" ? target.value : elements.service.value;
      return {
        ...targetFields(target),
        service: service || undefined,
        order: elements.order.value,
        returns: elements.returns.checked,
        referred: elements.referred.checked,
        note: elements.note.value.trim(),
      };
    },
    done: (details) => tools.tell({ main: doneWords(tools.view(), details), good: true }),
  });
  return dialog;
}

function doneWords(view, details) {
  if (details.to_window) return t("Transferred to window {number}", { number: details.to_window });
  const colleague = view.colleagues.find((one) => one.staff === details.to_staff);
  return t("Transferred to {name}", { name: colleague ? colleague.clerk : serviceName(view, details.service) });
}
