/** The device board: one live view, read from two metres; what can be pressed asks for paper. */

import { get } from "/static/web/js/api.js";
import { hallNow, setServerTime } from "/static/web/js/clock.js";
import { byId, island, setText } from "/static/web/js/dom.js";
import { openFeed } from "/static/web/js/feed.js";
import { showClock, showLink } from "/static/web/js/staff-head.js";
import { hourMinute } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { showOthers } from "./others.js";
import { createPapers } from "./papers.js";
import { showPrinters } from "./printers.js";
import { tickSpans } from "./spans.js";
import { showVerdict } from "./verdict.js";

const LOOK_AGAIN = 3000; // ms between looks at the server while the line is down

const zone = island("place").time_zone;
const papers = createPapers(zone);
let view = null;
let link = "connecting";
let asOf = new Date();

function show(changed) {
  if (changed.has("alerts") || changed.has("printers") || changed.has("devices")) {
    showVerdict(view, zone);
    showPrinters(view.printers, zone, papers.tell);
    showOthers(view.devices, zone, papers.tell);
  }
  if (changed.has("pending")) papers.show(view.pending);
  tick();
}

function tick() {
  if (link !== "online") return;
  asOf = hallNow();
  tickSpans(asOf);
}

function onState(state) {
  link = state;
  showLink(state);
  const behind = state === "offline";
  byId("all").classList.toggle("behind", behind);
  byId("strip").hidden = !behind;
  papers.lock(state !== "online");
  if (behind) {
    setText(byId("strip-words"), t("The server cannot be reached. Devices as of {time}", { time: hourMinute(asOf, zone) }));
  }
}

/** Signed out elsewhere: a page that is kept out would wait for ever. */
async function lookAgain() {
  if (link !== "offline") return;
  const { status } = await get("/api/v1/devices");
  if (status === 401) window.location.reload();
}

showClock(zone);
setInterval(tick, 1000);
setInterval(lookAgain, LOOK_AGAIN);
openFeed({
  namespace: "/devices",
  onView(fresh, changed) {
    view = fresh;
    if (changed.has("now")) setServerTime(view.now);
    show(changed);
  },
  onState,
  mayRenew: () => true,
});
