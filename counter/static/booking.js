/** Booking a time, or moving a booking to another one. The free times are asked for as service and day change. */

import { get } from "/static/web/js/api.js";
import { byId, setText } from "/static/web/js/dom.js";
import { hourMinute, fullDay } from "/static/web/js/times.js";
import { pick, t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { fillOptions, fillSelect, showText } from "./fields.js";
import { serviceName } from "./names.js";

const DAYS = 14; // offered in the list; the hall's own rule says which of them have times
const DAY = 24 * 3600 * 1000; // ms

/** `onDone()` hears when something was booked or moved. */
export function createBooking(tools, zone, { onDone }) {
  let moved = null; // the booking that is moved, or null for a new one
  let asked = 0; // the latest question for free times: older answers are dropped

  const shared = {
    tools,
    fill,
    done(details) {
      const words = { day: fullDay(new Date(details.start), zone), time: hourMinute(new Date(details.start), zone) };
      tools.tell({ main: moved ? t("Moved to {day}, {time}", words) : t("Booked for {day}, {time}", words), good: true });
      onDone();
    },
  };
  const dialog = createDialog("booking", { ...shared, action: () => (moved ? "move" : "book"), read });

  function fill() {
    const view = tools.view();
    const bookable = view.hall.services.filter((one) => one.bookable);
    const own = view.window.services.map((one) => one.code);
    bookable.sort((one, other) => own.includes(other.code) - own.includes(one.code));
    fillSelect("booking-service", [["", bookable.map((one) => ({ value: one.code, words: pick(one, "name") }))]]);
    fillSelect("booking-day", [["", days(tools.now())]]);
    const title = moved ? t("Move a booking") : t("Book a time");
    setText(byId("booking-title"), title);
    setText(byId("booking-yes"), moved ? t("Move") : t("Book"));
    showText(byId("booking-whose"), moved && `${moved.name || moved.phone}  ${serviceName(view, moved.service)}`);
    for (const id of ["booking-service-field", "booking-person", "booking-home"]) byId(id).hidden = moved !== null;
    byId("booking-phone").required = moved === null;
    if (moved) byId("booking-service").value = moved.service;
    drawSlots();
  }

  function days(now) {
    return Array.from({ length: DAYS }, (_, ahead) => {
      const day = new Date(now.getTime() + ahead * DAY);
      return { value: isoDay(day, zone), words: ahead === 0 ? t("Today, {day}", { day: fullDay(day, zone) }) : fullDay(day, zone) };
    });
  }

  async function drawSlots() {
    const question = (asked += 1);
    const { service, day } = dialog.form.elements;
    const { status, body } = await get(`/api/v1/services/${service.value}/slots?day=${day.value}`);
    if (question !== asked) return;
    if (status !== 200) dialog.say(body.error.message);
    const free = status === 200 ? body.slots.filter((one) => one.left > 0) : [];
    const words = (one) => `${hourMinute(new Date(one.start), zone)}–${hourMinute(new Date(one.end), zone)}`;
    const choices = free.map((one) => ({ value: one.start, words: words(one), second: t("{n} places left", { n: one.left }) }));
    fillOptions("booking-slot-options", "start", choices);
    byId("booking-slot-field").hidden = choices.length === 0;
    byId("booking-none").hidden = choices.length > 0;
  }

  function read({ elements }, say) {
    const start = elements.start ? elements.start.value : "";
    if (!start) {
      say(t("Please choose a time"));
      return null;
    }
    if (moved) return { appointment: moved.id, start };
    const mark = elements.home.checked ? "home" : null;
    return { service: elements.service.value, start, phone: elements.phone.value, name: elements.name.value.trim(), mark };
  }

  for (const id of ["booking-service", "booking-day"]) byId(id).addEventListener("change", drawSlots);

  return {
    /** `booking` is the one to move; null books a new one. */
    open(booking) {
      moved = booking;
      dialog.open();
    },
  };
}

/** "2026-11-23" in the hall's zone. */
function isoDay(date, zone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(date);
}
