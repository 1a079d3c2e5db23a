/** 首问转办: whoever was asked first hands the citizen over, with the number at the window or with a new one. */

import { byId, setText } from "/static/web/js/dom.js";
import { msg, pick, t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { fillSelect } from "./fields.js";

const NOBODY = { window: msg("No other window is open now"), clerk: msg("No colleague is at work now") };

export function createRefer(tools) {
  const shown = byId("referred-dialog");
  const kind = () => (tools.view().ticket ? dialog.form.elements.kind.value : "service");

  function targets() {
    const { hall, ticket, colleagues, window } = tools.view();
    const own = window.services.map((one) => one.code);
    if (kind() === "window") return colleagues.map((one) => ({ value: one.window, words: t("Window {number}, {clerk}", { number: one.window, clerk: one.clerk }) }));
    if (kind() === "clerk") return colleagues.map((one) => ({ value: one.staff, words: t("{clerk}, window {number}", { number: one.window, clerk: one.clerk }) }));
    const others = hall.services.filter((one) => !ticket || one.code !== ticket.service);
    others.sort((one, other) => own.includes(one.code) - own.includes(other.code));
    return others.map((one) => ({ value: one.code, words: pick(one, "name") }));
  }

  function draw() {
    const { ticket } = tools.view();
    const choices = targets();
    fillSelect("refer-target", [["", choices]]);
    byId("refer-kinds").hidden = !ticket;
    const what = ticket ? t("{number} is transferred; you stay its first contact", { number: ticket.number }) : t("For somebody without a number: one is given, you stay the first contact");
    setText(byId("refer-what"), what);
    dialog.say(choices.length === 0 ? t(NOBODY[kind()]) : "");
  }

  const dialog = createDialog("refer", {
    action: "refer",
    tools,
    fill: draw,
    read({ elements }, say) {
      const target = elements.target.value;
      const phone = elements.phone.value.trim();
      if (!target || (phone && !/^[0-9]{4}$/.test(phone))) {
        say(target ? t("Please enter the last four digits, or nothing") : t(NOBODY[kind()]));
        return null;
      }
      return {
        service: kind() === "service" ? target : undefined,
        to_window: kind() === "window" ? Number(target) : undefined,
        to_staff: kind() === "clerk" ? target : undefined,
        note: elements.note.value.trim(),
        phone,
      };
    },
    done(details, answer) {
      if (answer.new) show(answer);
      else tools.tell({ main: t("{number} is handed over", { number: answer.ticket.number }), good: true });
    },
  });

  function show({ ticket, ...where }) {
    setText(byId("referred-number"), ticket.number);
    setText(byId("referred-place"), t("Please wait at: {place}", { place: pick(where, "place") }));
    byId("referred-code").src = ticket.qr_svg_url;
    setText(byId("referred-paper"), ticket.print.state === "none" ? t("There is no printer here: show this to the citizen, or write the number down") : t("The slip is being printed"));
    shown.showModal();
  }

  for (const one of dialog.form.querySelectorAll("[name=kind]")) one.addEventListener("change", draw);
  byId("referred-yes").addEventListener("click", () => shown.close());
  return dialog;
}
