/** The first glance: all is well, or what is not and where. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { placesText, problemText } from "/static/web/js/device-words.js";
import { t } from "/static/web/js/words.js";
import { sinceSpan } from "./spans.js";

const SIGNS = { well: "check", soon: "warning", ill: "cross" };

export function showVerdict({ alerts, printers, devices }, zone) {
  const manner = mannerOf(alerts);
  const verdict = byId("verdict");
  verdict.dataset.manner = manner;
  fill(byId("verdict-icon"), icon(SIGNS[manner]));
  setText(byId("verdict-title"), words(manner, alerts.length, printers.length + devices.length));
  fill(byId("alerts"), alerts.map((alert) => row(alert, sinceOf(alert, printers, devices), zone)));
}

function mannerOf(alerts) {
  if (alerts.length === 0) return "well";
  return alerts.some((alert) => alert.stops) ? "ill" : "soon";
}

function words(manner, wrong, all) {
  if (all === 0) return t("No device is set up for this hall");
  if (manner === "well") return t("All devices are well");
  if (manner === "soon") return t("All devices work; soon to be seen to:");
  return wrong === 1 ? t("1 device needs somebody") : t("{count} devices need somebody", { count: wrong });
}

/** A warning stands for as long as the roll lasts: since when is of no use to anybody. */
function sinceOf(alert, printers, devices) {
  if (!alert.stops) return null;
  const [kind, id] = alert.id.split("/");
  const found = kind === "printer" ? printers.find((one) => one.id === id) : devices.find((one) => one.kind === kind && one.id === id);
  return found ? found.since : null;
}

function row(alert, since, zone) {
  return h(alert.stops ? "li.wrong" : "li.wrong.wrong-soon", {}, icon(alert.stops ? "cross" : "warning", "icon-small"),
    h("span.wrong-words", {}, h("b", {}, placesText(alert.places)), " ", problemText(alert.what), " ", sinceSpan(since, zone)));
}
