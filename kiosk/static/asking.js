/** What the page asks the hall for: a number, a check-in, a place in line again; and what becomes of the answer. */

import { t } from "/static/web/js/words.js";
import { refusalOf } from "./refusal.js";
import { readCode } from "./scanner.js";

const OLDER = 2000; // ms before the touch: a ticket that old was made by another one

/**
 * `service(code)` of the view; `entry()` the screen on which something was typed or scanned; `shown` {ticket, back}: what
 * shows an answer.
 */
export function createAsking({ issuer, home, entry, service, shown }) {
  async function atEntry(path, wish, done) {
    if (issuer.busy) return;
    const asked = entry();
    asked.wait(true);
    const answer = await issuer.send(path, wish);
    asked.wait(false);
    if (answer.status === 200 || answer.status === 201) done(answer);
    else asked.refuse(refusalOf(answer));
  }

  const asking = {
    /** 取号 for `services`, the first of them first; `priority` is a class or null. */
    async take(services, priority, busy) {
      if (issuer.busy) return;
      const [first, ...then] = services;
      const wish = { service: first.code };
      if (priority) wish.priority = priority.code;
      if (then.length) wish.then = then.map((one) => one.code);
      home.waitFor(busy);
      const answer = await issuer.send("tickets", wish);
      home.waitFor(null);
      if (answer.status === 200 || answer.status === 201) shown.ticket(answer.body, first);
      else home.refuse(refusalOf(answer));
    },
    /** 签到. Who has checked in before has a paper already: they are told where they stand. */
    checkIn(ref) {
      return atEntry("check-in", { ref }, ({ body, since }) => {
        if (new Date(body.issued_at) - since < -OLDER) asking.rejoin({ number: body.number });
        else shown.ticket(body, service(body.service));
      });
    },
    /** 续号, by {number} or {token}. */
    rejoin(wish) {
      return atEntry("rejoin", wish, ({ body }) => shown.back(body, service(body.service)));
    },
    /** Whatever was scanned says itself what it is. */
    scanned(text) {
      const code = readCode(text);
      if (code === null) {
        entry().refuse({ main: t("This code says nothing here"), second: t("Please type the digits instead") });
      } else if (code.ref) asking.checkIn(code.ref);
      else asking.rejoin(code);
    },
  };
  return asking;
}
