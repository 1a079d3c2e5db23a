/** Each service: who waits now (live), and how long those waited who were called today. */

import { byId, fill, h } from "/static/web/js/dom.js";
import { pick } from "/static/web/js/words.js";
import { bar } from "./bars.js";
import { minutesWithin } from "./durations.js";

/** `waiting`: people by service code. */
export function showServices(report, waiting, names) {
  const most = Math.max(...report.services.map((service) => service.wait.p90 || 0));
  fill(byId("services"), report.services.map((service) => {
    const known = names.services.find((entry) => entry.id === service.code) || service;
    return row(pick(known, "name"), waiting[service.code], service.wait, most);
  }));
}

function row(name, people, wait, most) {
  return h("tr", {},
    h("th.bar-name", { scope: "row" }, name),
    h("td.figures", {}, people ? h("b", {}, people) : "0"),
    h("td.figures", {}, wait.count),
    h("td.figures", {}, minutesWithin(wait.median)),
    h("td.bar-cell", {}, bar(wait.p90 || 0, most)),
    h("td.figures", {}, h("b", {}, minutesWithin(wait.p90))));
}
