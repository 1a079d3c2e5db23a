/** 纸号: numbers that were given out on paper are entered, all of them or none. */

import { byId } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { fillServices } from "./fields.js";

export function createPaper(tools) {
  return createDialog("paper", {
    action: "paper",
    tools,
    fill() {
      const view = tools.view();
      fillServices("paper-service", view);
      const { first, last } = view.hall.rules.paper;
      byId("paper-numbers").placeholder = `${first}-${Math.min(last, first + 9)}`;
    },
    read({ elements }, say) {
      const numbers = elements.numbers.value.trim();
      if (!numbers) {
        say(t("Please enter the numbers, such as 801-810"));
        elements.numbers.focus();
        return null;
      }
      return { service: elements.service.value, numbers, taken_at: elements.taken_at.value || undefined };
    },
    done(_details, answer) {
      const numbers = answer.tickets.map((one) => one.number);
      const words = { n: numbers.length, first: numbers[0], last: numbers[numbers.length - 1] };
      const main = numbers.length > 1 ? t("{n} numbers are in line: {first} to {last}", words) : t("{first} is in line", words);
      tools.tell({ main, good: true });
    },
  });
}
