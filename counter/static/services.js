/** 窗口业务: which services this window opens and closes, at once and for today. */

import { byId, fill, h } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";

export function createServices(tools) {
  let usual = false; // whether the configuration is asked for again

  const dialog = createDialog("services", {
    action: "services",
    tools,
    fill() {
      const { hall, window } = tools.view();
      const own = window.services.map((one) => one.code);
      usual = false;
      byId("services-usual").hidden = !window.services_set;
      fill(byId("services-all"), hall.services.map((one) => tick(one, own.includes(one.code))));
    },
    read(form, say) {
      if (usual) return { services: null };
      const chosen = Array.from(form.querySelectorAll("[name=services]:checked"), (one) => one.value);
      if (chosen.length > 0) return { services: chosen };
      say(t("Please leave at least one service, or pause the window"));
      return null;
    },
    done: () => tools.tell({ main: t("The services of this window have changed"), good: true }),
  });
  byId("services-usual").addEventListener("click", () => {
    usual = true;
    byId("services-yes").click();
    usual = false;
  });
  return dialog;
}

function tick(service, checked) {
  const box = h("input", { type: "checkbox", name: "services", value: service.code });
  // As a property too: a form that is reset goes back to the attribute.
  box.defaultChecked = checked;
  return h("label.tick", {}, box, h("span", {}, pick(service, "name")));
}
