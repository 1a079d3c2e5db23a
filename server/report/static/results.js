/** Outcomes, second returns and first contacts: asked for when the days change, and every minute. */

import { get, post } from "/static/web/js/api.js";
import { byId, island, setText } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";
import { showFirsts } from "./first-contacts.js";
import { showOutcomes } from "./outcomes.js";
import { showReturns } from "./returns.js";

const EVERY = 60000; // ms
const WEEK = 6 * 24 * 3600 * 1000; // ms before the last day

const names = island("names");
const dialog = byId("look-dialog");
let looked = null; // the return that the leader writes about

function say(words) {
  byId("strip").hidden = !words;
  setText(byId("strip"), words);
}

async function ask(path, show) {
  const { status, body } = await get(`/api/v1/report/${path}`);
  if (status === 401 || status === 403) window.location.reload();
  else if (status === 200) show(body);
  else say(status === 0 ? t("No answer from the server") : body.error.message);
}

async function showAll() {
  const [first, last] = [byId("first").value, byId("last").value];
  say("");
  await ask(`second-returns?first=${first}&last=${last}`, (body) => showReturns(body.returns, names, look));
  await ask(`results?day=${last}`, (body) => showOutcomes(body, names));
  await ask(`first-contacts?day=${last}`, (body) => showFirsts(body.contacts, names));
}

function look(one) {
  looked = one.present;
  byId("look-form").reset();
  byId("look-notice").hidden = true;
  dialog.showModal();
  byId("look-words").focus();
}

byId("look-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const path = `second-returns/${looked.ticket}/${looked.leg}/looked-into`;
  const { status, body } = await post(`/api/v1/report/${path}`, { words: byId("look-words").value });
  if (status === 204) {
    dialog.close();
    showAll();
    return;
  }
  byId("look-notice").hidden = false;
  setText(byId("look-notice"), status === 0 ? t("No answer from the server") : body.error.message);
});
byId("look-no").addEventListener("click", () => dialog.close());
byId("days").addEventListener("submit", (event) => {
  event.preventDefault();
  showAll();
});

byId("last").value = names.day;
byId("first").value = new Date(Date.parse(names.day) - WEEK).toISOString().slice(0, 10);
setInterval(() => {
  if (!dialog.open) showAll();
}, EVERY);
showAll();
