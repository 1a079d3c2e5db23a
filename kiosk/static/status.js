/** A ticket on the citizen's phone: one page, asked for again every ten seconds, no socket, no login. */

import { get, newKey, post } from "/static/web/js/api.js";
import { byId, fill, h, icon, island, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { drawTicket, isOver } from "./status-ticket.js";

const EVERY = 10000; // ms

const page = window.location.pathname.replace(/\/$/, "");
const zone = byId("phone").dataset.zone;
const dialog = byId("cancel-dialog");
const cancelKey = newKey(); // one key for the page: pressing twice cancels once

let ticket = island("ticket");
let timer = 0;

function show(fresh) {
  ticket = fresh;
  drawTicket(ticket, zone);
  setLink("online", t("Up to date"));
  const time = hourMinute(new Date(ticket.updated_at), zone);
  setText(byId("updated"), isOver(ticket) ? t("Updated {time}", { time }) : t("Updated {time}, every 10 s", { time }));
}

function setLink(state, words) {
  byId("link").dataset.state = state;
  setText(byId("link"), words);
}

async function ask() {
  clearTimeout(timer);
  const { status, body } = await get(`${page}.json`);
  if (status === 404) {
    window.location.reload(); // its day is over: the server says so in a page of its own
    return;
  }
  if (status === 200) show(body);
  else setLink("offline", t("As of {time}", { time: hourMinute(new Date(ticket.updated_at), zone) }));
  plan();
}

function plan() {
  clearTimeout(timer);
  if (!isOver(ticket) && !document.hidden) timer = setTimeout(ask, EVERY);
}

async function cancel() {
  dialog.close();
  byId("cancel").setAttribute("aria-busy", "true");
  const { status, body } = await post(`${page}/cancel`, {}, cancelKey);
  byId("cancel").removeAttribute("aria-busy");
  const strip = byId("strip");
  strip.hidden = status === 200 || status === 204;
  if (!strip.hidden) fill(strip, icon("warning"), h("span.strip-words", {}, body.error.message));
  ask();
}

byId("cancel").addEventListener("click", () => {
  if (byId("cancel").getAttribute("aria-busy") !== "true") dialog.showModal();
});
byId("cancel-keep").addEventListener("click", () => dialog.close());
byId("cancel-yes").addEventListener("click", cancel);
// A phone taken out of the pocket shows the truth at once, not ten seconds later.
document.addEventListener("visibilitychange", () => (document.hidden ? plan() : ask()));

show(ticket);
plan();
