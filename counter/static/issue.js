/** 取号 at the desk: for a hall whose kiosk is away, or that has none. The number is shown large, printed here or not. */

import { byId, fill, h } from "/static/web/js/dom.js";
import { waitText } from "/static/web/js/wait-words.js";
import { pick, t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { fillClasses, fillServices, givenClasses, showText } from "./fields.js";

export function createIssue(tools, given) {
  const dialog = createDialog("issue", {
    action: "issue",
    tools,
    fill() {
      const view = tools.view();
      fillServices("issue-service", view);
      fillClasses("issue", view);
      byId("issue-class-field").hidden = givenClasses(view).length < 2;
      byId("issue-visit").open = false;
      drawThen();
      drawWait();
    },
    read: ({ elements }) => ({
      service: elements.service.value,
      priority: elements.priority.value,
      then: Array.from(document.querySelectorAll("#issue-then input:checked"), (box) => box.value),
      printer: tools.view().window.printer || undefined,
    }),
    done: (_details, answer) => given.show(answer, { again: () => dialog.open() }),
  });
  byId("issue-service").addEventListener("change", () => {
    drawThen();
    drawWait();
  });

  /** What to tell the citizen before the number is given. */
  function drawWait() {
    const { wait, doubtful } = tools.view().new[byId("issue-service").value];
    byId("issue-wait").classList.toggle("amber", doubtful);
    if (doubtful) showText(byId("issue-wait"), t("Probably not called today: tell the citizen first"));
    else showText(byId("issue-wait"), wait ? t("Estimated wait: {wait}", { wait: waitText(wait) }) : "");
  }

  /** What may follow under the same number: everything but what it begins with. */
  function drawThen() {
    const others = tools.view().hall.services.filter((one) => one.code !== byId("issue-service").value);
    const tick = (one) =>
      h("label.tick", {}, h("input", { type: "checkbox", name: "then", value: one.code }), h("span", {}, pick(one, "name")));
    fill(byId("issue-then"), others.map(tick));
  }

  return dialog;
}
