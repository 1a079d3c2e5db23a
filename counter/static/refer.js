/** 首问转办: whoever was asked first hands the citizen over, with the number at the window or with a new one. */

import { byId, setText } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { createSearch } from "./search.js";
import { targetFields, targets } from "./targets.js";

export function createRefer(tools, given) {
  const search = createSearch("refer", {
    things: () => targets(tools.view()),
    onChange(thing) {
      if (thing) byId("refer-note").focus();
    },
  });

  const dialog = createDialog("refer", {
    action: "refer",
    tools,
    fill() {
      const { ticket } = tools.view();
      const withNumber = () => t("{number} is transferred; you stay its first contact", { number: ticket.number });
      setText(byId("refer-what"), ticket ? withNumber() : t("For somebody without a number: one is given, you stay the first contact"));
      search.clear();
    },
    read({ elements }, say) {
      const target = search.chosen();
      const phone = elements.phone.value.trim();
      if (!target) {
        say(t("Please choose where to"));
        search.focus();
        return null;
      }
      if (phone && !/^[0-9]{4}$/.test(phone)) {
        say(t("Please enter the last four digits, or nothing"));
        elements.phone.focus();
        return null;
      }
      return { ...targetFields(target), note: elements.note.value.trim(), phone };
    },
    done(details, answer) {
      if (answer.new) given.show(answer.ticket);
      else tools.tell({ main: t("{number} is handed over", { number: answer.ticket.number }), good: true });
    },
  });
  return dialog;
}
