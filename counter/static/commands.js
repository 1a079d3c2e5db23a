/**
 * What the clerk asks of the server: one thing at a time, and nothing is ever put off until the line is back.
 *
 * Every press has a key. When no answer came, the same press again uses the same key, until a fresh snapshot has shown
 * what became of it.
 */

import { newKey, post } from "/static/web/js/api.js";

const SLOW = 300; // ms until a button says that it works
const VERBS = {
  call_next: "call-next",
  start: "start",
  finish: "finish",
  recall: "recall",
  no_show: "no-show",
  pause: "pause",
  reopen: "reopen",
  leave: "logout",
};
const SEES_TICKET = ["call_next", "start", "finish", "recall", "no_show"];

/**
 * `seen()` gives the id of the ticket on the screen, "" for none. `settle()` resolves once the view is as new as the
 * answer. `onChange()` is called when `busy` or `slow` changes.
 */
export function createCommands({ number, seen, settle, onChange }) {
  const unanswered = new Map(); // action -> {text, key}
  const commands = {
    busy: null, // the action under way
    slow: false,
    /** Resolves to {status, body} as api.post does. Only while nothing is `busy`. */
    async run(action, details = {}) {
      commands.busy = action;
      const timer = setTimeout(() => {
        commands.slow = true;
        onChange();
      }, SLOW);
      onChange();
      const answer = await send(action, details);
      await settle();
      clearTimeout(timer);
      commands.busy = null;
      commands.slow = false;
      onChange();
      return answer;
    },
    /** A snapshot after a lost line tells what was done: whatever is pressed now is a new press. */
    forget() {
      unanswered.clear();
    },
  };

  async function send(action, details) {
    const body = SEES_TICKET.includes(action) ? { ...details, seen: seen() } : details;
    const text = JSON.stringify(body);
    const before = unanswered.get(action);
    const key = before && before.text === text ? before.key : newKey();
    const answer = await post(`/api/v1/windows/${number}/${VERBS[action]}`, body, key);
    if (answer.status === 0) unanswered.set(action, { text, key });
    else unanswered.delete(action);
    return answer;
  }

  return commands;
}
