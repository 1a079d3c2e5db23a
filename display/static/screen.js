/** What every hall screen does, whatever it shows: its clock, its line, its voice, its rest. */

import { runClock, setServerTime } from "/static/web/js/clock.js";
import { byId } from "/static/web/js/dom.js";
import { newNonce, openFeed } from "/static/web/js/feed.js";

import { showLink } from "./link.js";
import { openRest } from "./rest.js";
import { openVoice } from "./voice.js";

/**
 * `page`: {display, zone, voice}. onView(view, changed) and onOffline(whether) are told after the screen itself.
 * Returns {voice, shown(call)}: `shown` tells the server that a call has been painted large.
 */
export function openScreen(page, { onView, onOffline }) {
  const nonce = newNonce();
  const voice = openVoice(page, nonce, (state) => {
    byId("sound").hidden = !state.locked;
    byId("voice").hidden = !state.mute;
  });
  byId("sound").addEventListener("click", voice.unlock);
  const rest = openRest(page.zone);

  const feed = openFeed({
    namespace: "/display",
    query: { display: page.display, page: nonce },
    onView(view, changed) {
      // Only a snapshot carries the server's time; a patch keeps the key, with the time of long ago.
      if (changed.has("now")) {
        setServerTime(view.now);
        voice.greet();
      }
      if (changed.has("speak")) voice.update(view.speak);
      rest.update(view.rest);
      onView(view, changed);
    },
    onState(state) {
      byId("board").dataset.link = state;
      showLink(state, page.zone);
      onOffline(state === "offline");
      // What waits to be spoken may be over before the line is back; whatever is not comes again with the snapshot.
      if (state === "offline") voice.silence();
    },
    mayRenew: () => voice.resting,
  });
  runClock({ time: byId("clock-time"), day: document.getElementById("clock-day") }, page.zone);
  voice.connect(feed.emit);
  return { voice, shown: (call) => feed.emit("shown", { call: call.id, at: call.at }) };
}
