/** A window's own screen: its number, its clerk, or why nobody serves there. */

import { byId, fill, h, island } from "/static/web/js/dom.js";
import { phrase } from "/static/web/js/words.js";

import { openAnnouncement } from "./announcement.js";
import { openScreen } from "./screen.js";
import { arch } from "./shapes.js";
import { openCard } from "./window-card.js";
import { openStates } from "./window-states.js";

const page = island("page");
const title = phrase("Window {arch}", { arch: arch(byId("place-title").dataset.number) });
fill(byId("place-title"), title.map((part) => (typeof part === "string" ? h("span", {}, part) : part)));
const card = openCard();
const states = openStates(page.zone, (call) => screen.shown(call));
const announcement = openAnnouncement();

function onView(view, changed) {
  if (changed.has("announcement")) announcement.update(view.announcement);
  states.update(view);
  card.update(view.state === "paused" || view.state === "closed" ? null : view.clerk);
}

const screen = openScreen(page, {
  onView,
  onOffline(offline) {
    states.offline(offline);
    byId("clerk").classList.toggle("clerk-old", offline);
  },
});

/** For whoever stands at the screen with developer tools: `jiaohao.speaker.log` is what was spoken, and when. */
window.jiaohao = { speaker: screen.voice.player };
