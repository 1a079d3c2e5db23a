/** A form in a dialog: it stays open until the server has said yes, and says in itself what went wrong. */

import { byId, setText } from "/static/web/js/dom.js";

/**
 * The dialog `#<name>-dialog` with its form, its way out `#<name>-no` and its `#<name>-notice`.
 *
 * `action` is the action's name, or a function that gives it. `ask(action, details)` resolves to null when done, or to {main, second, stale}; `tell(words)` shows words on the page.
 * `fill()` prepares the form each time it opens; `read()` gives the details, or null when something is missing;
 * `shown()` hears when it has opened; `done(details, answer)` of success. Whoever was at the window when it opened is who the action is for.
 */
export function createDialog(name, { action, tools, fill = () => {}, shown = () => {}, read, done = () => {} }) {
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
    let answer = null;
    const hear = (body) => {
      answer = body;
    };
    const failure = await tools.ask(typeof action === "function" ? action() : action, { ...details, seen }, hear);
    sending = false;
    yes.removeAttribute("aria-busy");
    if (failure && !failure.stale) {
      say(failure.main);
      return;
    }
    dialog.close();
    if (failure) tools.tell(failure);
    else done(details, answer);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    say("");
    const details = read(form, say);
    if (details) send(details);
  });
  byId(`${name}-no`).addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (before) before.focus();
    before = null;
  });

  return {
    form,
    say,
    close: () => dialog.close(),
    open(context) {
      if (dialog.open) return;
      before = document.activeElement;
      const { ticket } = tools.view();
      seen = ticket ? ticket.id : "";
      say("");
      form.reset();
      fill(context);
      dialog.showModal();
      shown();
    },
  };
}
