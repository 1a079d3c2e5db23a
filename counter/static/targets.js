/** Where a citizen can be sent: the things that a search finds, by name, pinyin, code, window or staff number. */

import { pick, t } from "/static/web/js/words.js";

/** Of the desk's `view`: every other service, window and colleague; without a citizen there, services alone. */
export function targets(view) {
  return view.ticket ? [...services(view), ...windows(view), ...clerks(view)] : services(view);
}

/** The fields of a request that name `target`. */
export function targetFields({ kind, value }) {
  return {
    service: kind === "service" ? value : undefined,
    to_window: kind === "window" ? value : undefined,
    to_staff: kind === "clerk" ? value : undefined,
  };
}

function services({ hall, ticket }) {
  const others = hall.services.filter((one) => !ticket || one.code !== ticket.service);
  return others.map((one) => ({
    kind: "service",
    value: one.code,
    icon: "ticket",
    words: pick(one, "name"),
    second: t("Service"),
    keys: [one.name, one.name_en || "", one.code, ...one.spelled],
  }));
}

function windows({ colleagues }) {
  return colleagues.map((one) => ({
    kind: "window",
    value: one.window,
    icon: "bank",
    words: t("Window {number}", { number: one.window }),
    second: one.paused ? t("{clerk}, paused", { clerk: one.clerk }) : one.clerk,
    keys: [String(one.window), one.name, one.name_en || "", one.clerk, ...one.spelled],
  }));
}

function clerks({ colleagues, clerk }) {
  const others = colleagues.filter((one) => one.clerk !== clerk.name);
  return others.map((one) => ({
    kind: "clerk",
    value: one.staff,
    icon: "person",
    words: one.clerk,
    second: t("{staff_number}, window {number}", { staff_number: one.number, number: one.window }),
    keys: [one.number, one.staff, ...one.spelled],
  }));
}
