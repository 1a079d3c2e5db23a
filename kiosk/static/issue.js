/** Taking a number: one at a time, and under one key until an answer arrives, so that two touches make one ticket. */

import { newKey, post } from "/static/web/js/api.js";

const SAME_CITIZEN = 120000; // ms in which a touch after an answer that never came asks for that very number

export function createIssuer() {
  const keys = new Map(); // service code -> {key, at} of a touch whose answer never came
  const issuer = {
    busy: false,
    /** Resolves to {status, body} as api.post does. */
    async take(service) {
      issuer.busy = true;
      const kept = keys.get(service);
      const { key } = kept && Date.now() - kept.at < SAME_CITIZEN ? kept : { key: newKey() };
      keys.set(service, { key, at: Date.now() });
      const answer = await post("/api/v1/tickets", { service }, key);
      if (answer.status !== 0) keys.delete(service);
      issuer.busy = false;
      return answer;
    },
  };
  return issuer;
}
