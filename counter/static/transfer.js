/** 转移: to a service, a window or a colleague; where it stands in line, whether it comes back, and a note. */

import { byId } from "/static/web/js/dom.js";
import { msg, pick, t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { fillSelect } from "./fields.js";
import { serviceName } from "./names.js";

const NOBODY = { window: msg("No other window is open now"), clerk: msg("No colleague is at work now") };

export function createTransfer(tools) {
  const targets = {
    service: ({ hall, ticket }) =>
      hall.services.filter((one) => one.code !== ticket.service).map((one) => ({ value: one.code, words: pick(one, "name") })),
    window: ({ colleagues }) =>
      colleagues.map((one) => ({ value: one.window, words: windowWords(one) })),
    clerk: ({ colleagues, clerk }) =>
      colleagues.filter((one) => one.clerk !== clerk.name).map((one) => ({ value: one.staff, words: clerkWords(one) })),
  };
  const kind = () => dialog.form.elements.kind.value;

  function draw() {
    const view = tools.view();
    if (!view.ticket) return;
    const choices = targets[kind()](view);
    fillSelect("transfer-target", [["", choices]]);
    byId("transfer-target").disabled = choices.length === 0;
    byId("transfer-service-field").hidden = kind() === "service";
    dialog.say(choices.length === 0 ? t(NOBODY[kind()]) : "");
  }

  const dialog = createDialog("transfer", {
    action: "transfer",
    tools,
    fill() {
      const { ticket, hall } = tools.view();
      const same = { value: "", words: t("The same: {service}", { service: serviceName(tools.view(), ticket.service) }) };
      const others = hall.services.filter((one) => one.code !== ticket.service);
      fillSelect("transfer-service", [["", [same, ...others.map((one) => ({ value: one.code, words: pick(one, "name") }))]]]);
      draw();
    },
    read({ elements }, say) {
      const target = elements.target.value;
      if (!target) {
        say(t(NOBODY[kind()]));
        return null;
      }
      const service = kind() === "service" ? target : elements.service.value;
      return {
        service: service || undefined,
        to_window: kind() === "window" ? Number(target) : undefined,
        to_staff: kind() === "clerk" ? target : undefined,
        order: elements.order.value,
        returns: elements.returns.checked,
        referred: elements.referred.checked,
        note: elements.note.value.trim(),
      };
    },
    done: (details) => tools.tell({ main: doneWords(tools.view(), details), good: true }),
  });
  for (const one of dialog.form.querySelectorAll("[name=kind]")) one.addEventListener("change", draw);
  return dialog;
}

function windowWords(one) {
  const words = { number: one.window, clerk: one.clerk };
  return one.paused ? t("Window {number}, {clerk}, paused", words) : t("Window {number}, {clerk}", words);
}

function clerkWords(one) {
  return t("{clerk}, window {number}", { number: one.window, clerk: one.clerk });
}

function doneWords(view, details) {
  if (details.to_window) return t("Transferred to window {number}", { number: details.to_window });
  const colleague = view.colleagues.find((one) => one.staff === details.to_staff);
  return t("Transferred to {name}", { name: colleague ? colleague.clerk : serviceName(view, details.service) });
}
