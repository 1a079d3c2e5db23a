/** A hall screen: shows and speaks what the hall's feed brings, and says so when it brings nothing. */

import { runClock, setServerTime } from "/static/web/js/clock.js";
import { byId, island } from "/static/web/js/dom.js";
import { newNonce, openFeed } from "/static/web/js/feed.js";

import { showLink } from "./link.js";
import { openNotices } from "./notices.js";
import { openPanel } from "./panel.js";
import { showPassed, showRecent } from "./recent.js";
import { openVoice } from "./voice.js";
import { openWaiting } from "./waiting.js";
import { openWindows } from "./windows.js";

const MIRROR_EVERY = 30 * 60 * 1000; // ms

const page = island("page");
const nonce = newNonce();
const panel = openPanel((call) => feed.emit("shown", { call: call.id, at: call.at }));
const windows = openWindows(page.zone);
const waiting = openWaiting(page.zone);
const notices = openNotices();

const voice = openVoice(page, nonce, (state) => {
  byId("sound").hidden = !state.locked;
  byId("voice").hidden = !state.mute;
});
byId("sound").addEventListener("click", voice.unlock);

function onView(view, changed) {
  // Only a snapshot carries the server's time; a patch keeps the key, with the time of long ago.
  if (changed.has("now")) {
    setServerTime(view.now);
    voice.greet();
  }
  if (changed.has("speak")) voice.update(view.speak);
  panel.update(view);
  windows.update(view);
  if (changed.has("recent")) showRecent(view.recent);
  if (changed.has("passed")) showPassed(view.passed);
  if (changed.has("waiting")) waiting.update(view.waiting);
  if (changed.has("notices")) notices.update(view.notices);
}

function onState(state) {
  const offline = state === "offline";
  byId("board").dataset.link = state;
  showLink(state, page.zone);
  panel.offline(offline);
  // What waits to be spoken may be over before the line is back; whatever is not comes again with the snapshot.
  if (offline) voice.silence();
}

runClock({ time: byId("clock-time"), day: byId("clock-day") }, page.zone);
setInterval(() => byId("zones").classList.toggle("zones-mirrored"), MIRROR_EVERY);
const feed = openFeed({
  namespace: "/display",
  query: { display: page.display, page: nonce },
  onView,
  onState,
  mayRenew: () => voice.resting,
});
voice.connect(feed.emit);

/** For whoever stands at the screen with developer tools: `jiaohao.speaker.log` is what was spoken, and when. */
window.jiaohao = { speaker: voice.player };
