/** The pause dialog: a reason from the list or in own words, and when the clerk is back. */

import { byId } from "/static/web/js/dom.js";

/** `onPause({reason, minutes})` hears of a filled-in form. */
export function createPause({ onPause }) {
  const dialog = byId("pause-dialog");
  const form = byId("pause-form");
  const own = byId("own-reason");
  const isOwn = () => form.elements.reason.value === "";

  form.addEventListener("change", () => {
    own.hidden = !isOwn();
    own.required = isOwn();
    if (isOwn() && !own.value) own.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = isOwn() ? own.value.trim() : form.elements.reason.value;
    if (!reason) {
      own.value = "";
      own.reportValidity();
      return;
    }
    const minutes = Number(form.elements.minutes.value) || null;
    dialog.close();
    onPause({ reason, minutes });
  });
  byId("pause-no").addEventListener("click", () => dialog.close());
  return {
    open() {
      dialog.showModal();
    },
  };
}
