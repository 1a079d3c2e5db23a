/** 预约: today's list, asked for when it is opened; each booking can be checked in, moved or cancelled. */

import { get } from "/static/web/js/api.js";
import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { msg, t } from "/static/web/js/words.js";
import { createBooking } from "./booking.js";
import { createDialog } from "./dialog.js";
import { createReason } from "./fields.js";
import { chip, serviceName } from "./names.js";

const STATES = {
  booked: { words: msg("To come"), tone: "chip-blue", drawing: "clock" },
  arrived: { words: msg("Arrived"), tone: "chip-jade", drawing: "check" },
  done: { words: msg("Visit done"), tone: "chip-jade", drawing: "check" },
  missed: { words: msg("Did not come"), tone: "chip-plain", drawing: "skip" },
  cancelled: { words: msg("Cancelled"), tone: "chip-plain", drawing: "cross" },
};

export function createBookings(tools, zone) {
  const dialog = byId("bookings-dialog");
  const list = byId("bookings-list");
  let all = [];
  let chosen = null; // the booking that is being cancelled
  let before = null;

  const say = ({ main, good = false }) => {
    byId("bookings-notice").hidden = !main;
    byId("bookings-notice").classList.toggle("strip-jade", good);
    byId("bookings-notice").classList.toggle("strip-red", !good);
    setText(byId("bookings-notice"), main);
  };
  const booking = createBooking({ ...tools, tell: say }, zone, { onDone: refresh });
  const reason = createReason("unbook");
  const unbook = createDialog("unbook", {
    action: "cancel_booking",
    tools: { ...tools, tell: say },
    fill: reason.draw,
    read() {
      const text = reason.read();
      return text && { appointment: chosen.id, reason: text };
    },
    done() {
      say({ main: t("The booking is cancelled"), good: true });
      refresh();
    },
  });

  async function refresh() {
    const { status, body } = await get("/api/v1/appointments");
    if (status === 200) all = body.appointments;
    else say({ main: body.error.message });
    draw();
  }

  function draw() {
    const view = tools.view();
    const own = view.window.services.map((one) => one.code);
    const shown = all.filter((one) => byId("bookings-all").checked || own.includes(one.service));
    const expected = shown.filter((one) => one.state === "booked").length;
    setText(byId("bookings-total"), t("{n} bookings, {expected} to come", { n: shown.length, expected }));
    const rows = shown.map((one) => row(view, one));
    fill(list, rows.length ? rows : h("li.empty", {}, t("No bookings today")));
  }

  function row(view, one) {
    const name = one.name || t("no name");
    const home = one.mark === "home" ? chip("chip-amber", "house", t("Home visit")) : null;
    const state = STATES[one.state];
    const phone = t("phone …{digits}", { digits: one.phone });
    const code = t("code {code}", { code: one.code });
    return h(
      "li.booking",
      { data: { appointment: one.id } },
      h("b.booking-time", {}, hourMinute(new Date(one.start), zone)),
      h(
        "div.booking-words",
        {},
        h("p.booking-who", {}, h("b", {}, name), h("span", {}, phone), home),
        h("p.second", {}, `${serviceName(view, one.service)}  ${code}`),
      ),
      one.state === "booked" ? buttons(one, name) : chip(state.tone, state.drawing, t(state.words)),
    );
  }

  function buttons(one, name) {
    const make = (verb, words) =>
      h("button.button.row-button", { type: "button", data: { verb }, "aria-label": `${words} ${name}` }, words);
    const first = one.mark === "home" ? make("close", t("Visited")) : make("check_in", t("Check in"));
    return h("div.booking-buttons", {}, first, make("move", t("Move")), make("cancel", t("Cancel")));
  }

  async function checkIn(one) {
    const failure = await tools.ask("check_in", { ref: one.code });
    say(failure || { main: t("{name} is checked in and waits", { name: one.name || one.phone }), good: true });
    await refresh();
    list.focus();
  }

  async function close(one) {
    const failure = await tools.ask("close_booking", { appointment: one.id });
    if (failure) say(failure);
    await refresh();
    list.focus();
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-verb]");
    if (!button) return;
    chosen = all.find((one) => one.id === button.closest("[data-appointment]").dataset.appointment);
    const { verb } = button.dataset;
    if (verb === "check_in") checkIn(chosen);
    else if (verb === "close") close(chosen);
    else if (verb === "move") booking.open(chosen);
    else unbook.open();
  });
  byId("bookings-all").addEventListener("change", draw);
  byId("bookings-new").addEventListener("click", () => booking.open(null));
  byId("bookings-no").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (before) before.focus();
    before = null;
  });

  return {
    async open() {
      if (dialog.open) return;
      before = document.activeElement;
      say({ main: "" });
      all = [];
      draw();
      dialog.showModal();
      await refresh();
    },
  };
}
