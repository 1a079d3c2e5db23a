/** The head of the pages that leaders look at: the ways to the others, signing out, the line to the server, the time. */

import { post } from "./api.js";
import { runClock } from "./clock.js";
import { byId, setText } from "./dom.js";
import { msg, t } from "./words.js";

const LINK_WORDS = { connecting: msg("Connecting"), online: msg("Live"), offline: msg("Connection lost") };

const ways = byId("ways");

/** How the line to the server is: connecting, online or offline. */
export function showLink(state) {
  byId("link").dataset.state = state;
  setText(byId("link"), t(LINK_WORDS[state]));
}

/** The hall's time, from now on. */
export function showClock(zone) {
  runClock({ time: byId("clock-time"), day: byId("clock-day") }, zone);
}

document.addEventListener("click", (event) => {
  if (!ways.contains(event.target)) ways.open = false;
});
ways.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !ways.open) return;
  ways.open = false;
  ways.querySelector("summary").focus();
});
byId("sign-out").addEventListener("click", async () => {
  await post("/api/v1/logout");
  location.reload();
});
