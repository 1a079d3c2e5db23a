/** How the devices are: each kind with its count, then whatever needs somebody. */

import {
  isUnsure, isWell, kindText, placesText, problemText, stateText,
} from "/static/web/js/device-words.js";
import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { listText, pick, t } from "/static/web/js/words.js";

/** `devices`: {kind, id, state} each, as their agents know them; `alerts`: what has to be mended, worst first. */
export function showDevices(devices, alerts, names) {
  const well = devices.filter(isWell).length;
  setText(byId("devices-note"), devices.length ? t("{well} of {all} well", { well, all: devices.length }) : "");
  const kinds = [...new Set(devices.map((device) => device.kind))];
  const quiet = kinds.length > FEW ? kinds.filter((kind) => isQuiet(kind, devices, alerts)) : [];
  const groups = kinds.filter((kind) => !quiet.includes(kind))
    .map((kind) => group(kind, of(kind, devices, "kind"), of(kind, alerts, "device"), names));
  if (quiet.length) groups.push(together(quiet, devices));
  fill(byId("devices"), groups.length ? groups : h("p.empty", {}, t("No device is set up for this hall")));
}

/** Of more kinds than so many, those that need nobody stand together: the card must not push the page off the screen. */
const FEW = 3;

function isQuiet(kind, devices, alerts) {
  return of(kind, devices, "kind").every(isWell) && !of(kind, alerts, "device").length;
}

function together(kinds, devices) {
  const counts = kinds.map((kind) => `${kindText(kind)} ${of(kind, devices, "kind").length}`);
  const state = of(kinds[0], devices, "kind")[0].state;
  return h("div.device-group", {}, h("ul", {}, item(listText(counts), stateText(state), "well")));
}

function of(kind, things, field) {
  return things.filter((thing) => thing[field] === kind);
}

function group(kind, devices, alerts, names) {
  const well = devices.filter(isWell);
  return h("div.device-group", {},
    h("h3.device-kind", {}, kindText(kind), h("span.device-count", {}, `${well.length} / ${devices.length}`)),
    h("ul", {},
      alerts.map((alert) => item(placesText(alert.places), problemText(alert.what), alert.stops ? "ill" : "unsure")),
      devices.filter(isUnsure).map((device) => item(name(device, names), stateText(device.state), "unsure")),
      well.length ? item(listText(well.map((device) => name(device, names))), stateText(well[0].state), "well") : null));
}

const PLACES = { display: "displays", speaker: "speakers" };
const ICONS = { ill: "cross", unsure: "warning", well: "check" };

function item(called, words, manner) {
  return h(`li.device.device-${manner}`, {}, icon(ICONS[manner], "icon-small"),
    h("span", {}, h("b", {}, called), ` ${words}`));
}

function name(device, names) {
  const window = device.window || (/^window:(\d+)$/.exec(device.id) || [])[1];
  if (window) return t("Window {number}", { number: window });
  const named = (names[PLACES[device.kind]] || names.kiosks).find((known) => known.id === device.id);
  return named ? pick(named, "name") : device.id;
}
