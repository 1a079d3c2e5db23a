/** Taking a number: one at a time, and under one key until an answer arrives, so that two touches make one ticket. */

import { newKey, post } from "/static/web/js/api.js";

export function createIssuer() {
  const keys = new Map(); // service code -> key of a touch whose answer never came
  const issuer = {
    busy: false,
    /** Resolves to {status, body} as api.post does. */
    async take(service) {
      issuer.busy = true;
      const key = keys.get(service) || newKey();
      keys.set(service, key);
      const answer = await post("/api/v1/tickets", { service }, key);
      if (answer.status !== 0) keys.delete(service);
      issuer.busy = false;
      return answer;
    },
  };
  return issuer;
}
