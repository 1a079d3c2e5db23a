/**
 * What the clerk asks of the server: one thing at a time, and nothing is ever put off until the line is back.
 *
 * Every press has a key. When no answer came, the same press again uses the same key, until a fresh snapshot has shown
 * what became of it.
 */

import { newKey, post } from "/static/web/js/api.js";
import { requestOf } from "./requests.js";

const SLOW = 300; // ms until a button says that it works

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
    const { url, body } = requestOf(action, { seen: seen(), ...details }, number);
    const text = `${url} ${JSON.stringify(body)}`;
    const before = unanswered.get(action);
    const key = before && before.text === text ? before.key : newKey();
    const answer = await post(url, body, key);
    if (answer.status === 0) unanswered.set(action, { text, key });
    else unanswered.delete(action);
    return answer;
  }

  return commands;
}
