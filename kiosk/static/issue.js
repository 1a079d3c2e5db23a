/** Asking the hall for something: once at a time, and under one key until an answer arrives, so that two touches make
 *  one ticket. */

import { newKey, post } from "/static/web/js/api.js";
import { hallNow } from "/static/web/js/clock.js";

const SAME_CITIZEN = 120000; // ms in which a touch after an answer that never came asks for that very number

export function createIssuer() {
  const keys = new Map(); // what was asked for -> {key, at, since} of a touch whose answer never came
  const issuer = {
    busy: false,
    /** Resolves to {status, body} as api.post does, and `since`: the hall's time at the first touch for this. */
    async send(path, wish) {
      issuer.busy = true;
      const asked = path + JSON.stringify(wish);
      const kept = keys.get(asked);
      const first = kept && Date.now() - kept.at < SAME_CITIZEN ? kept : { key: newKey(), since: hallNow() };
      keys.set(asked, { ...first, at: Date.now() });
      const answer = await post(`/api/v1/${path}`, wish, first.key);
      if (answer.status !== 0) keys.delete(asked);
      issuer.busy = false;
      return { ...answer, since: first.since };
    },
  };
  return issuer;
}
