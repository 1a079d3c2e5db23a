/** 转移: to a service, a window or a colleague, found in one field; where it stands in line, whether it comes back, and a
 *  note. */

import { byId } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { fillSelect } from "./fields.js";
import { serviceName } from "./names.js";
import { createSearch } from "./search.js";

export function createTransfer(tools) {
  const search = createSearch("transfer", {
    things() {
      const view = tools.view();
      return view.ticket ? [...services(view), ...windows(view), ...clerks(view)] : [];
    },
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
        service: service || undefined,
        to_window: target.kind === "window" ? target.value : undefined,
        to_staff: target.kind === "clerk" ? target.value : undefined,
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

function services({ hall, ticket }) {
  const others = hall.services.filter((one) => one.code !== ticket.service);
  return others.map((one) => ({
    kind: "service",
    value: one.code,
    icon: "ticket",
    words: pick(one, "name"),
    second: t("Service"),
    keys: [one.name, one.name_en || "", one.code, ...one.spelled],
  }));
}

function windows({ colleagues }) {
  return colleagues.map((one) => ({
    kind: "window",
    value: one.window,
    icon: "bank",
    words: t("Window {number}", { number: one.window }),
    second: one.paused ? t("{clerk}, paused", { clerk: one.clerk }) : one.clerk,
    keys: [String(one.window), one.name, one.name_en || "", one.clerk, ...one.spelled],
  }));
}

function clerks({ colleagues, clerk }) {
  const others = colleagues.filter((one) => one.clerk !== clerk.name);
  return others.map((one) => ({
    kind: "clerk",
    value: one.staff,
    icon: "person",
    words: one.clerk,
    second: t("{staff_number}, window {number}", { staff_number: one.number, number: one.window }),
    keys: [one.number, one.staff, ...one.spelled],
  }));
}

function doneWords(view, details) {
  if (details.to_window) return t("Transferred to window {number}", { number: details.to_window });
  const colleague = view.colleagues.find((one) => one.staff === details.to_staff);
  return t("Transferred to {name}", { name: colleague ? colleague.clerk : serviceName(view, details.service) });
}
