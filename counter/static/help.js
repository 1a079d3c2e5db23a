/** All keys of the desk, those that the hall has given one. */

import { byId } from "/static/web/js/dom.js";

export function createHelp() {
  const dialog = byId("help-dialog");
  let before = null;

  byId("help-no").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (before) before.focus();
    before = null;
  });
  return {
    open() {
      if (dialog.open) return;
      before = document.activeElement;
      for (const row of dialog.querySelectorAll("[data-help]")) row.hidden = row.querySelector(".key").hidden;
      dialog.showModal();
      byId("help-title").focus(); // from its top: arrows scroll
    },
  };
}
