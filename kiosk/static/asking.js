/** What the page asks the hall for: a number, a check-in, where a number stands, a place in line again, another paper;
 *  and what becomes of the answer. */

import { msg, t } from "/static/web/js/words.js";
import { refusalOf } from "./refusal.js";
import { readCode } from "./scanner.js";

const OLDER = 2000; // ms before the touch: a ticket that old was made by another one

/** Titles of the screen that says where a number stands. */
const BACK = msg("You are back in line");
const WAITED = msg("You are in line already");

/**
 * `service(code)` of the view; `entry(name)` the screen on which something was typed, or else goes to the one of that
 * name; `shown` {ticket, again, standing}: what shows an answer.
 */
export function createAsking({ issuer, home, entry, service, shown }) {
  /** Ask once at a time; `screen` is where a refusal is said. */
  async function ask(path, wish, screen, done) {
    if (issuer.busy) return;
    const asked = entry();
    if (asked) asked.wait(true);
    const answer = await issuer.send(path, wish);
    if (asked) asked.wait(false);
    if (answer.status === 200 || answer.status === 201) done(answer);
    else entry(screen).refuse(refusalOf(answer));
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
      return ask("check-in", { ref }, "checkin", ({ body, since }) => {
        if (new Date(body.issued_at) - since < -OLDER) asking.lookUp({ number: body.number }, WAITED);
        else shown.ticket(body, service(body.service));
      });
    },
    /** 查号, by {number} or {token}; `title` where it is not the standing's own. */
    lookUp(wish, title) {
      return ask("queue-position", wish, "lookup", ({ body }) => shown.standing(body, service(body.service), wish, title));
    },
    /** 续号, by {number} or {token}. */
    rejoin(wish) {
      return ask("rejoin", wish, "lookup", ({ body }) => {
        const standing = { ...body, standing: "waiting", rejoined: !body.waited, windows: service(body.service).windows, may_print: false };
        shown.standing(standing, service(body.service), wish, body.waited ? WAITED : BACK);
      });
    },
    /** 补打 here. Without `onRefused({main, second})` a refusal is said where numbers are typed. */
    reprint(wish, onRefused) {
      if (issuer.busy) return null;
      const done = ({ body }) => shown.again(body, service(body.service));
      if (!onRefused) return ask("reprint", wish, "lookup", done);
      return issuer.send("reprint", wish).then((answer) => (answer.status === 200 ? done(answer) : onRefused(refusalOf(answer))));
    },
    /** Whatever was scanned says itself what it is. */
    scanned(text) {
      const code = readCode(text);
      if (code === null) {
        (entry() || entry("lookup")).refuse({ main: t("This code says nothing here"), second: t("Please type the digits instead") });
      } else if (code.ref) asking.checkIn(code.ref);
      else asking.lookUp(code);
    },
  };
  return asking;
}
