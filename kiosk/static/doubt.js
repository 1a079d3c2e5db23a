/** Before the number is taken: that it would probably not be called today, why, and what to do instead. */

import { hallNow } from "/static/web/js/clock.js";
import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { hourMinute, whenFrom } from "/static/web/js/times.js";
import { pick, t } from "/static/web/js/words.js";
import { ORDINARY } from "./visit.js";

/** `onTake(services, busy)`: they want the number all the same; `onBack()`. */
export function createDoubt({ onTake, onBack }) {
  let wanted = null;
  byId("doubt-take").addEventListener("click", () => onTake(wanted.services, wanted.busy));
  byId("doubt-back").addEventListener("click", onBack);

  return {
    /** What the screen says, for the voice. */
    said: { kind: "doubt" },
    /** Whether there is something to warn of who takes one number for all of `services`, the first in class `priority`. */
    open(services, priority, busy, view) {
      const known = (index) => (index === 0 && priority ? priority.code : ORDINARY);
      const service = services.find((one, index) => one.doubtful.includes(known(index)));
      if (!service) return false;
      wanted = { services, busy };
      setText(byId("doubt-why"), whyOf(service, view));
      fill(byId("doubt-instead"), insteadOf(service, view));
      return true;
    },
    render(off) {
      byId("doubt-take").disabled = off;
    },
  };
}

function whyOf(service, view) {
  const name = pick(service, "name");
  const { doubt } = service;
  if (doubt && doubt.why === "no_window") return t("{name}: no window is open for it now", { name });
  const closes = doubt && doubt.closes_at ? hourMinute(new Date(doubt.closes_at), view.hall.time_zone) : null;
  const n = doubt ? doubt.waiting : service.waiting;
  if (n > 0 && closes) return t("{name}: {n} people wait for its windows, which close at {time}", { name, n, time: closes });
  if (n > 0) return t("{name}: {n} people wait for its windows", { name, n });
  return closes ? t("{name}: its windows close at {time}", { name, time: closes }) : name;
}

/** Each way with its own icon: another day, a booking, another place, the service desk. */
function insteadOf({ doubt }, { hall, elsewhere }) {
  const opens = doubt && doubt.opens_at;
  const ways = [];
  if (opens) {
    const time = whenFrom(hallNow(), new Date(opens), hall.time_zone);
    ways.push(["calendar", t("Come another day"), t("Numbers from {time}", { time })]);
  }
  if (doubt && doubt.bookable) {
    ways.push(["calendar-check", t("Book a time for another day"), t("At the service desk, or by phone: {phone}", { phone: hall.phone })]);
  }
  if (elsewhere.name) ways.push(["pin", t("Go to another place"), pick(elsewhere, "name")]);
  ways.push(["bell-desk", t("Ask at the service desk"), t("They help you and say what can still be done today")]);
  return ways.map(([name, main, second]) =>
    h("li.doubt-way", {}, icon(name), h("span", {}, h("b.doubt-main", {}, main), h("span.doubt-second", {}, second))));
}
