/** The leader's room: notices, rosters and announcements, as every leader who looks at it sees them now. */

import { hallNow, setServerTime } from "/static/web/js/clock.js";
import { byId, island, setText } from "/static/web/js/dom.js";
import { openFeed } from "/static/web/js/feed.js";
import { showClock, showLink } from "/static/web/js/staff-head.js";
import { t } from "/static/web/js/words.js";
import { createAnnouncements } from "./announcements.js";
import { createNotices } from "./notices.js";
import { createWeek } from "./week.js";
import { createZones } from "./zones.js";

const TOLD = 6000; // ms that a line of success stays

const place = island("place");
let rosters = {};
let told = 0;

function tell(words, good = true) {
  clearTimeout(told);
  byId("told").className = `strip all-strip ${good ? "strip-jade" : "strip-red"}`;
  setText(byId("told-words"), words);
  byId("told").hidden = false;
  told = setTimeout(() => {
    byId("told").hidden = true;
  }, TOLD);
}

function failed({ status, body }) {
  if (status === 401 || status === 403) location.reload();
  tell(status === 0 ? t("No answer from the server") : body.error.message, false);
}

/** Everybody who led before or will: the rosters of the page's time come before those it was made with. */
function people() {
  const found = new Map();
  const coming = Object.values(rosters).reduce((all, { duties }) => all.concat(duties), []);
  for (const duty of [...coming, ...place.people]) {
    if (duty.role !== "window" && !found.has(duty.name)) found.set(duty.name, duty);
  }
  return [...found.values()];
}

const tools = {
  zone: place.time_zone,
  zones: createZones(place.zones),
  fixed: place.fixed,
  windows: place.windows,
  windowText: (number) => (place.windows.includes(number) ? t("Window {number}", { number }) : t("Window {number} (no longer configured)", { number })),
  staff: place.staff,
  people,
  now: hallNow,
  tell,
  failed,
};
const parts = { notices: createNotices(tools), rosters: createWeek(tools), announcements: createAnnouncements(tools) };

function onState(state) {
  showLink(state);
  byId("offline").hidden = state !== "offline";
}

showClock(place.time_zone);
setInterval(() => {
  for (const part of Object.values(parts)) part.tick();
}, 1000);
openFeed({
  namespace: "/bulletin",
  onView(view, changed) {
    if (changed.has("now")) setServerTime(view.now);
    rosters = view.rosters;
    for (const [name, part] of Object.entries(parts)) part.show(view[name]);
  },
  onState,
  // Never while somebody writes.
  mayRenew: () => Object.values(parts).every((part) => !part.isOpen()),
});
