/** A form in a dialog: it stays open until the server has said yes, and says in itself what went wrong. It needs no
 *  mouse: the first field has the focus, arrows and digits choose, Enter sends, Escape leaves. */

import { byId, setText } from "/static/web/js/dom.js";
import { keyOf } from "./keys.js";

/**
 * The dialog `#<name>-dialog` with its form, its way out `#<name>-no` and its `#<name>-notice`.
 *
 * `action` is the action's name, or a function that gives it. `tools.ask(action, details, hear)` resolves to null when done,
 * or to {main, second, stale}; `tools.tell(words)` shows words on the page. `fill()` prepares the form each time it opens;
 * `shown()` hears when it has opened; `read()` gives the details, or null when something is missing; `done(details, answer)`
 * hears of success. Whoever was at the window when it opened is who the action is for.
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
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const { target } = event;
    if (event.key === "Enter" && target.tagName === "SELECT") {
      event.preventDefault();
      yes.click();
    } else if (target.type === "radio") {
      chooseByDigit(target, event);
    }
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
      enter(form);
      shown();
    },
  };
}

/** The first field that can be filled in: of radios the one that is chosen. */
function enter(form) {
  const fields = Array.from(form.querySelectorAll("input, select, textarea")).filter((one) => !one.disabled && one.offsetParent);
  const first = fields.find((one) => one.type !== "radio" || one.checked);
  if (first) first.focus();
}

/** A digit chooses among the options of the group that has the focus, as each of them shows. */
function chooseByDigit(target, event) {
  const group = Array.from(target.form.elements).filter((one) => one.type === "radio" && one.name === target.name);
  const chosen = group[Number(keyOf(event)) - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.focus();
  chosen.click();
}
