/** How the devices are: each kind with its count, then whatever needs somebody. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { listText, msg, pick, t } from "/static/web/js/words.js";

const KINDS = {
  printer: msg("Ticket printers"),
  pad: msg("Evaluators"),
  display: msg("Screens"),
  agent: msg("Printers' PCs"),
};
const WELL = ["ready", "online"];
const STATES = {
  ready: msg("Ready"),
  online: msg("Online"),
  blocked: msg("Cannot print"),
  offline: msg("Not connected"),
  settling: msg("Getting ready"),
  unknown: msg("Not known yet"),
};
const UNSURE = ["settling", "unknown"];
const REASONS = {
  unreachable: msg("cannot be reached"),
  mute: msg("does not answer"),
  paper_out: msg("out of paper"),
  cover_open: msg("cover open"),
  error: msg("knife or head in trouble"),
  offline: msg("switched to offline"),
  link_lost: msg("connection lost while printing"),
  no_ack: msg("did not confirm the last slip"),
  not_connected: msg("its page is not open"),
  papers_open: msg("slips begun there, whose end is not known yet"),
  no_printer: msg("not set up on its PC"),
};

/** `devices`: {kind, id, state, reason} each, as their agents know them. */
export function showDevices(devices, names) {
  const well = devices.filter(isWell).length;
  setText(byId("devices-note"), devices.length ? t("{well} of {all} well", { well, all: devices.length }) : "");
  const kinds = [...new Set(devices.map((device) => device.kind))];
  const groups = kinds.map((kind) => group(kind, devices.filter((device) => device.kind === kind), names));
  fill(byId("devices"), groups.length ? groups : h("p.empty", {}, t("No device is set up for this hall")));
}

function isWell(device) {
  return WELL.includes(device.state);
}

function group(kind, devices, names) {
  const well = devices.filter(isWell);
  const ill = devices.filter((device) => !isWell(device));
  return h("div.device-group", {},
    h("h3.device-kind", {}, KINDS[kind] ? t(KINDS[kind]) : kind,
      h("span.device-count", {}, `${well.length} / ${devices.length}`)),
    h("ul", {},
      ill.map((device) => item(device, name(device, names))),
      well.length ? h("li.device.device-well", {}, icon("check", "icon-small"),
        h("span", {}, h("b", {}, listText(well.map((device) => name(device, names)))), ` ${t(STATES[well[0].state])}`)) : null));
}

function item(device, called) {
  const unsure = UNSURE.includes(device.state);
  return h(unsure ? "li.device.device-unsure" : "li.device.device-ill", {},
    icon(unsure ? "hourglass" : "cross", "icon-small"),
    h("span", {}, h("b", {}, called), ` ${words(device)}`));
}

/** State and reason in words; a reason that has none here is shown as its code, for whoever mends it. */
function words({ state, reason }) {
  const standing = STATES[state] ? t(STATES[state]) : state;
  if (!reason) return standing;
  const why = REASONS[reason] ? t(REASONS[reason]) : reason;
  return t("{state}: {why}", { state: standing, why });
}

function name(device, names) {
  if (device.kind === "pad") return t("Window {number}", { number: device.window || device.id });
  const named = names[device.kind === "display" ? "displays" : "kiosks"].find((known) => known.id === device.id);
  return named ? pick(named, "name") : device.id;
}
