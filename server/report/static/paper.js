/** A vote from a form: the ticket is looked up, then what stands on the form is entered as it stands. */

import { get, newKey, post } from "/static/web/js/api.js";
import { byId, fill, h, island, setText } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";

const reasons = island("reasons");
const services = island("services");
let ticket = null;

function tell(words, failed = false) {
  byId("told").dataset.failed = String(failed);
  setText(byId("told"), words);
}

/** 2026-11-27 and A012 are the ticket 261127A012. */
function ticketId() {
  return byId("day").value.replace(/-/g, "").slice(2) + byId("number").value.trim().toUpperCase();
}

async function find() {
  ticket = null;
  byId("legs").hidden = byId("rest").hidden = true;
  const { status, body } = await get(`/api/v1/report/ballots/${encodeURIComponent(ticketId())}`);
  if (status !== 200) {
    tell(status === 404 ? t("This number was not served in the last two weeks.") : body.error.message, true);
    return;
  }
  ticket = body.ticket;
  const open = body.legs.filter((leg) => leg.free);
  fill(byId("leg-options"), body.legs.map((leg) => h("label.paper-option", {},
    h("input", { type: "radio", name: "leg", value: leg.leg, disabled: !leg.free, checked: leg.free && open.length === 1 }), legName(leg))));
  byId("legs").hidden = false;
  byId("rest").hidden = open.length === 0;
  tell(open.length ? "" : t("This service has already been rated."));
}

function legName({ service, window, free }) {
  const name = services[service] ? pick(services[service], "name") : service;
  const place = t("Window {n}", { n: window });
  const rated = free ? "" : t("(rated)");
  return `${name} ${place} ${rated}`.trim();
}

function chosen(name) {
  const found = document.querySelector(`input[name="${name}"]:checked`);
  return found ? Number(found.value) : null;
}

function offerReasons() {
  const list = reasons[chosen("level")] || [];
  byId("reasons-set").hidden = list.length === 0;
  fill(byId("reason-options"), list.map((reason) => h("label.paper-option", {},
    h("input", { type: "checkbox", name: "reason", value: reason.code }), `${reason.code} ${pick(reason, "name")}`)));
}

async function enter(event) {
  event.preventDefault();
  const [leg, level] = [chosen("leg"), chosen("level")];
  if (ticket === null || leg === null || level === null || byId("why").value.trim() === "" || byId("given").value === "") {
    tell(t("Please fill in the service, the level, the day and why you enter it."), true);
    return;
  }
  const codes = Array.from(document.querySelectorAll('input[name="reason"]:checked'), (box) => box.value);
  const form = { ticket, leg, level, given_on: byId("given").value, why: byId("why").value, reasons: codes, words: byId("words-said").value };
  byId("enter").setAttribute("aria-busy", "true");
  const { status, body } = await post("/api/v1/report/paper-votes", form, newKey());
  byId("enter").removeAttribute("aria-busy");
  if (status !== 204) {
    tell(body.error.message, true);
    return;
  }
  byId("paper").reset();
  ticket = null;
  byId("legs").hidden = byId("rest").hidden = byId("reasons-set").hidden = true;
  tell(t("The vote is entered."));
  byId("number").focus();
}

byId("find").addEventListener("click", find);
byId("number").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  find();
});
for (const radio of document.querySelectorAll('input[name="level"]')) radio.addEventListener("change", offerReasons);
byId("paper").addEventListener("submit", enter);
