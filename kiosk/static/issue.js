/** Asking the hall for something: once at a time, and under one key until an answer arrives, so that two touches make
 *  one ticket. */

import { newKey, post } from "/static/web/js/api.js";
import { hallNow } from "/static/web/js/clock.js";

const UNSURE = [0, 502, 503, 504]; // no answer, or one that does not say whether it was done
const SAME_CITIZEN = 120000; // ms in which a touch after an answer that never came asks for that very number

export function createIssuer() {
  const keys = new Map(); // what was asked for -> {key, at, since} of a touch whose answer has not come
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
      if (!UNSURE.includes(answer.status)) keys.delete(asked);
      issuer.busy = false;
      return { ...answer, since: first.since };
    },
    /** The citizen has left: the next one never gets the number that this one asked for. */
    forget() {
      keys.clear();
    },
  };
  return issuer;
}
