/** A board: shows what the hall's feed brings, and says so when it brings nothing. */

import { byId, island } from "/static/web/js/dom.js";

import { openAnnouncement } from "./announcement.js";
import { openDuty } from "./duty.js";
import { openMedia } from "./media.js";
import { openNotices } from "./notices.js";
import { openPanel } from "./panel.js";
import { showPassed, showRecent, showRecentTitle, showRejoin } from "./recent.js";
import { openScreen } from "./screen.js";
import { openWaiting } from "./waiting.js";
import { openWindows } from "./windows.js";

const MIRROR_EVERY = 30 * 60 * 1000; // ms

const page = island("page");
const media = openMedia(page.media);
const panel = openPanel({ onIdle: media.show, onShown: (call) => screen.shown(call) });
const windows = openWindows(page.zone);
const waiting = openWaiting(page.zone);
const notices = openNotices();
const duty = openDuty();
const announcement = openAnnouncement();

function onView(view, changed) {
  if (changed.has("announcement")) announcement.update(view.announcement);
  panel.update(view);
  windows.update(view);
  media.hush(view);
  if (changed.has("recent") || changed.has("call")) showRecent(view.recent, view.call !== null);
  if (changed.has("passed")) showPassed(view.passed);
  if (changed.has("rejoin")) showRejoin(view.rejoin);
  if (changed.has("duty")) duty.update(view.duty);
  if (changed.has("notices")) notices.update(view.notices);
  waiting.update(view.waiting); // also when it is the same: the windows above may have left it another place
}

function onOffline(offline) {
  panel.offline(offline);
  showRecentTitle(offline);
}

setInterval(() => byId("zones").classList.toggle("zones-mirrored"), MIRROR_EVERY);
const screen = openScreen(page, { onView, onOffline });

/** For whoever stands at the screen with developer tools: `jiaohao.speaker.log` is what was spoken, and when. */
window.jiaohao = { speaker: screen.voice.player };
