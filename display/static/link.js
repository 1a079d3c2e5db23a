/** The connection in words, and since when what stands on the screen is old. */

import { hallNow } from "/static/web/js/clock.js";
import { byId, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";

const UNNOTICED = 7500; // ms a line may have been dead before feed.js says so
const MINUTE = 60000;

let timer = 0;

/** `state`: "connecting", "online" or "offline". */
export function showLink(state, zone) {
  clearInterval(timer);
  const link = byId("link");
  link.dataset.state = state;
  const offline = state === "offline";
  for (const element of document.querySelectorAll("[data-as-of]")) element.hidden = !offline;
  for (const element of document.querySelectorAll("[data-online]")) element.hidden = offline;
  if (!offline) {
    setText(link, state === "online" ? t("Connected") : t("Connecting…"));
    return;
  }
  showOffline(link, hallNow().getTime() - UNNOTICED, zone);
}

function showOffline(link, since, zone) {
  const time = hourMinute(new Date(since), zone);
  for (const element of document.querySelectorAll("[data-as-of]")) setText(element, t("As of {time}", { time }));
  const tell = () => {
    const minutes = Math.floor((hallNow().getTime() - since) / MINUTE);
    setText(link, minutes > 0 ? t("Offline for {n} min", { n: minutes }) : t("No network"));
  };
  tell();
  timer = setInterval(tell, 1000);
}
