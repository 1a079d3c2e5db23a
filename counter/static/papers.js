/** The documents of a service's guide, each to tick as missing with a reason. Digits tick them too. */

import { byId, fill, h } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";

export function createPapers(form) {
  const list = byId("slip-papers");

  function draw(event) {
    const row = event.target.closest(".paper");
    if (row && event.target.type === "checkbox") row.querySelector(".paper-reason").hidden = !event.target.checked;
  }
  list.addEventListener("change", draw);
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isWriting(event.target)) return;
    const box = list.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.click();
  });

  return {
    offer(documents) {
      fill(list, documents.map(row));
    },
    focus() {
      const first = list.querySelector("[type=checkbox]") || form.elements.own;
      first.focus();
    },
    /** [{code, reason}] of those ticked, then [{name}] of the clerk's own lines. */
    read() {
      const ticked = Array.from(list.querySelectorAll(".paper")).filter((one) => one.querySelector("[type=checkbox]").checked);
      const named = ticked.map((one) => ({ code: one.dataset.code, reason: one.querySelector(".paper-reason").value.trim() }));
      const own = form.elements.own.value.split("\n").map((line) => line.trim()).filter(Boolean);
      return [...named, ...own.map((name) => ({ name }))];
    },
  };
}

function row(one, index) {
  const name = pick(one, "name");
  const digit = index < 9 ? String(index + 1) : null;
  return h(
    "li.paper",
    { data: { code: one.code } },
    h(
      "label.tick.paper-tick",
      {},
      h("input", { type: "checkbox", "data-digit": digit }),
      h("span.paper-words", {}, name, one.note && h("span.second.paper-note", {}, pick(one, "note"))),
      digit && h("kbd.key", {}, digit),
    ),
    h("input.input.paper-reason", { hidden: true, maxlength: 200, "aria-label": t("Reason: {name}", { name }), placeholder: t("Reason (optional)") }),
  );
}

function isWriting(element) {
  if (element.tagName === "TEXTAREA" || element.tagName === "SELECT") return true;
  return element.tagName === "INPUT" && !["radio", "checkbox"].includes(element.type);
}
