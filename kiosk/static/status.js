/** A ticket on the citizen's phone: one page, asked for again as often as the hall says, no socket, no login. */

import { get, newKey, post } from "/static/web/js/api.js";
import { byId, fill, h, icon, island, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { createBallot } from "./phone-vote.js";
import { createReminder } from "./reminder.js";
import { drawTicket, isOver } from "./status-ticket.js";

const page = window.location.pathname.replace(/\/$/, "");
const zone = byId("phone").dataset.zone;
const dialog = byId("cancel-dialog");
const cancelKey = newKey(); // one key for the page: pressing twice cancels once

const reminder = createReminder();
const ballot = createBallot({ page, zone, onTold: (told) => show(told) });

let ticket = island("ticket");
let timer = 0;
let heard = Date.now(); // when the hall was last heard of

function show(fresh, { first = false } = {}) {
  ticket = fresh;
  heard = Date.now();
  drawTicket(ticket, zone);
  ballot.draw(ticket.votes || [], ticket.answers || []);
  reminder.follow(ticket, { first });
  byId("rows").hidden = byId("place-card").hidden && byId("reminder").hidden;
  setLink("online", t("Up to date"));
  const time = hourMinute(new Date(heard), zone);
  setText(byId("updated"), isOver(ticket) ? t("Updated {time}", { time }) : t("Updated {time}, every {n} s", { time, n: ticket.every }));
}

function setLink(state, words) {
  byId("link").dataset.state = state;
  setText(byId("link"), words);
}

async function ask() {
  clearTimeout(timer);
  const { status, body } = await get(`${page}.json`, { cache: "no-cache" });
  if (status === 404) {
    window.location.reload(); // its day is over: the server says so in a page of its own
    return;
  }
  if (status === 200) show(body);
  else setLink("offline", t("As of {time}", { time: hourMinute(new Date(heard), zone) }));
  plan();
}

function plan() {
  clearTimeout(timer);
  if (!isOver(ticket) && (!document.hidden || reminder.on)) timer = setTimeout(ask, ticket.every * 1000);
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

reminder.start(ticket.near);
show(ticket, { first: true });
plan();
