/** Pads, screens and whatever else is attached: a line for each, those in need of somebody first. */

import { post } from "/static/web/js/api.js";
import { byId, fill, h, icon } from "/static/web/js/dom.js";
import { isUnsure, isWell, kindText, placesText, problemText, stateText } from "/static/web/js/device-words.js";
import { msg, t } from "/static/web/js/words.js";
import { sinceSpan } from "./spans.js";

const MEND = {
  pad: msg("See whether its cable sits firmly; it comes back by itself"),
  keypad: msg("See whether its cable sits firmly, and who types codes there; it comes back by itself"),
  display: msg("See whether its computer is on and its page is open"),
  strip: msg("See whether it has power and its cable sits firmly; it comes back by itself"),
  speaker: msg("See whether its screen is on, and whether it asks for a touch"),
  agent: msg("See whether its computer is on; it tells then what it has printed"),
};

const MEND_WHAT = {
  chattering: msg("Free the key that sticks or mend its cable; it counts again after ten seconds of silence"),
  line_noisy: msg("See to the line: both wires, the speed, the ends, and which device sends by itself"),
};

/** `tell(words, good)` hears what came of a button. */
export function showOthers(devices, zone, tell) {
  byId("others-section").hidden = devices.length === 0;
  const sorted = [...devices].sort((one, other) => Number(isWell(one)) - Number(isWell(other)));
  fill(byId("others"), sorted.map((device) => row(device, zone, tell)));
}

function row(device, zone, tell) {
  const manner = isWell(device) ? "well" : isUnsure(device) ? "unsure" : "ill";
  return h(`li.card.other.other-${manner}`, { data: { device: `${device.kind}/${device.id}` } },
    h("div.other-head", {}, h("h3.other-name", {}, placesText(device.places)), h("span.second", {}, kindText(device.kind)), chip(device, manner)),
    h("p.other-note.second", {}, sinceSpan(device.since, zone)),
    manner === "ill" && toDo(device) && h("p.other-do", {}, t(toDo(device))),
    manner === "ill" && device.detail && h("p.other-detail.staff-code", {}, problemText(device.detail)),
    // `detail` is for leaders, and so is the button.
    device.shut_out && device.detail && takeBack(device, tell));
}

// Clerks are told no `detail`, but that it is shut out.
function toDo(device) {
  return MEND_WHAT[device.shut_out ? "chattering" : device.detail] || MEND[device.kind];
}

function takeBack(device, tell) {
  const button = h("button.button.other-button", { type: "button", onclick: ask }, t("Count its presses again"));
  async function ask() {
    button.disabled = true;
    const { status, body } = await post("/api/v1/devices/take-back", { kind: device.kind, id: device.id });
    button.disabled = false;
    if (status === 401) window.location.reload();
    else if (status === 0) tell(t("No answer from the server"), false);
    else if (status >= 400) tell(body.error.message, false);
    else tell(t("{place}: presses count again", { place: placesText(device.places) }), true);
  }
  return button;
}

const CHIPS = { well: ["jade", "check"], unsure: ["plain", "hourglass"], ill: ["red", "cross"] };

function chip(device, manner) {
  const [colour, sign] = CHIPS[manner];
  return h(`span.chip.chip-${colour}`, {}, icon(sign, "icon-small"), h("span", {}, stateText(device.state, device.kind)));
}
