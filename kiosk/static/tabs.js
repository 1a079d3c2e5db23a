/** The departments as a row of large buttons, and one for all of them. */

import { fill, h, icon } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";

const ONE_ROW = 6;

/** `onChoose(code)` is told null for all departments. Returns {render(departments, chosen, off)}. */
export function createTabs(element, onChoose) {
  let shown = "";

  function rebuild(departments) {
    const named = departments.map((one) => ({ code: one.code, name: pick(one, "name") }));
    const tabs = [{ code: null, name: t("All") }, ...named];
    const rows = Math.ceil(tabs.length / ONE_ROW);
    element.dataset.columns = String(Math.ceil(tabs.length / rows));
    fill(element, tabs.map(({ code, name }) => h("button.choice.tab", {
      type: "button",
      data: { code: code || "", letters: name.length },
      onclick: () => onChoose(code),
    }, h("span.tab-name", {}, name), checkMark())));
  }

  return {
    render(departments, chosen, off) {
      element.hidden = departments.length < 2;
      const key = JSON.stringify(departments);
      if (key !== shown) rebuild(departments);
      shown = key;
      for (const tab of element.children) {
        tab.setAttribute("aria-pressed", String(tab.dataset.code === (chosen || "")));
        tab.disabled = off;
      }
    },
  };
}

function checkMark() {
  const mark = icon("check", "icon-small");
  mark.classList.add("choice-check");
  return mark;
}
