/** A form in a dialog: it stays open until the server has said yes, and says in itself what went wrong. */

import { newKey } from "/static/web/js/api.js";
import { byId, setText } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";

/**
 * The dialog `#<name>-dialog` with its form, its way out `#<name>-no`, its button `#<name>-yes` and its `#<name>-strip`.
 *
 * `read(form, say)` gives the details, or null when something is missing; `save(details, key)` resolves to
 * {status, body}; `done(body)` hears of success. One press has one key, however often its answer is lost. `near` maps the
 * code of an error to the field that it is about: it is said in that field's own `#<name>-<field>-strip`.
 */
export function createFormDialog(name, { read, save, done = () => {}, near = {} }) {
  const dialog = byId(`${name}-dialog`);
  const form = byId(`${name}-form`);
  const strip = byId(`${name}-strip`);
  const yes = byId(`${name}-yes`);
  let before = null;
  let key = "";
  let meant = "";

  const fields = Array.from(new Set(Object.values(near)), (field) => form.elements[field]);

  const sayIn = (place, words) => {
    setText(place, words);
    place.hidden = !words;
    if (words) place.scrollIntoView({ block: "nearest" });
  };
  const say = (words) => {
    for (const field of fields) {
      field.removeAttribute("aria-invalid");
      sayIn(byId(`${name}-${field.name}-strip`), "");
    }
    sayIn(strip, words);
  };

  function sayRefused({ code, message }) {
    const field = form.elements[near[code]];
    if (!field) {
      say(message);
      return;
    }
    field.setAttribute("aria-invalid", "true");
    field.focus();
    sayIn(byId(`${name}-${field.name}-strip`), message);
  }

  async function submit(details) {
    yes.setAttribute("aria-busy", "true");
    const asked = JSON.stringify(details);
    if (asked !== meant) key = newKey();
    meant = asked;
    const { status, body } = await save(details, key);
    yes.removeAttribute("aria-busy");
    if (status === 401 || status === 403) location.reload();
    if (status === 0) say(t("No answer from the server"));
    else if (status >= 400) sayRefused(body.error);
    else {
      dialog.close();
      done(body);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (yes.getAttribute("aria-busy")) return;
    say("");
    const details = read(form, say);
    if (details) submit(details);
  });
  byId(`${name}-no`).addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    // The list may have been drawn anew meanwhile: the same button is another element.
    const again = before && before.dataset.key ? document.querySelector(`[data-key="${before.dataset.key}"]`) : before;
    if (again) again.focus();
    before = null;
  });

  return {
    form,
    say,
    isOpen: () => dialog.open,
    open() {
      before = document.activeElement;
      meant = "";
      say("");
      dialog.showModal();
    },
  };
}
