/** A form in a dialog: it stays open until the server has said yes, and says in itself what went wrong. */

import { byId, setText } from "/static/web/js/dom.js";

/**
 * The dialog `#<name>-dialog` with its form, its way out `#<name>-no` and its `#<name>-notice`.
 *
 * `action` is the action's name, or a function that gives it. `ask(action, details)` resolves to null when done, or to {main, second, stale}; `tell(words)` shows words on the page.
 * `fill()` prepares the form each time it opens; `read()` gives the details, or null when something is missing;
 * `done(details)` hears of success. Whoever was at the window when it opened is who the action is for.
 */
export function createDialog(name, { action, tools, fill = () => {}, read, done = () => {} }) {
  const dialog = byId(`${name}-dialog`);
  const form = byId(`${name}-form`);
  const notice = byId(`${name}-notice`);
  const yes = byId(`${name}-yes`);
  let seen = "";
  let before = null;
  let sending = false;

  const say = (words) => {
    setText(notice, words);
    notice.hidden = !words;
  };

  async function send(details) {
    sending = true;
    yes.setAttribute("aria-busy", "true");
    const failure = await tools.ask(typeof action === "function" ? action() : action, { ...details, seen });
    sending = false;
    yes.removeAttribute("aria-busy");
    if (failure && !failure.stale) {
      say(failure.main);
      return;
    }
    dialog.close();
    if (failure) tools.tell(failure);
    else done(details);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    say("");
    const details = read(form, say);
    if (details) send(details);
  });
  // Enter sends from a list of choices too, as it does from any other field.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "SELECT") return;
    event.preventDefault();
    yes.click();
  });
  byId(`${name}-no`).addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (before) before.focus();
    before = null;
  });

  return {
    form,
    say,
    open(context) {
      if (dialog.open) return;
      before = document.activeElement;
      const { ticket } = tools.view();
      seen = ticket ? ticket.id : "";
      say("");
      form.reset();
      fill(context);
      dialog.showModal();
    },
  };
}
