/** Choosing a window. The focus is on the one where this person is, else on the one that this computer was last at,
 *  which is marked. Where there is neither, the list has it: an Enter that is held since signing in must take no window. */

import { post } from "/static/web/js/api.js";
import { byId, setText } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";
import { moveByArrows } from "./arrows.js";
import { register } from "./install.js";
import { deskAddress, lastWindow, rememberWindow } from "./place.js";

const cards = Array.from(document.querySelectorAll("[data-window]"));
const dialog = byId("takeover");
const notice = byId("notice");
let chosen = null;

async function enter(card) {
  const number = Number(card.dataset.window);
  cards.forEach((one) => one.setAttribute("aria-disabled", "true"));
  card.setAttribute("aria-busy", "true");
  const { status, body } = await post(`/api/v1/windows/${number}/login`);
  if (status === 200) {
    rememberWindow(number);
    window.location.assign(deskAddress(number));
    return;
  }
  if (status === 401) window.location.reload();
  cards.forEach((one) => one.removeAttribute("aria-disabled"));
  card.removeAttribute("aria-busy");
  setText(notice, body.error.message);
  notice.hidden = false;
}

function choose(card) {
  if (card.getAttribute("aria-disabled")) return;
  chosen = card;
  if (!card.dataset.colleague) {
    enter(card);
    return;
  }
  const { window: number, colleague } = card.dataset;
  setText(byId("takeover-title"), t("{name} is at window {number} now. Take over?", { name: colleague, number }));
  dialog.showModal();
}

for (const card of cards) {
  card.disabled = false;
  card.addEventListener("click", () => choose(card));
}
const list = document.querySelector(".windows");
const last = cards.find((card) => Number(card.dataset.window) === lastWindow());
if (last) last.querySelector(".window-last").hidden = false;
(cards.find((card) => "mine" in card.dataset) || last || list).focus();
moveByArrows(list, ".window-card");
register();
byId("takeover-no").addEventListener("click", () => dialog.close());
byId("takeover-yes").addEventListener("click", () => {
  dialog.close();
  enter(chosen);
});
byId("sign-out").addEventListener("click", async () => {
  await post("/api/v1/logout");
  window.location.assign("/counter");
});
