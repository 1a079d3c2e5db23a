/**
 * The leader's page. What the hall does now comes with the feed; the day's figures are asked for when the feed says
 * that they may have changed, and no oftener than every few seconds.
 */

import { get } from "/static/web/js/api.js";
import { hallNow, setServerTime } from "/static/web/js/clock.js";
import { byId, island, setText } from "/static/web/js/dom.js";
import { openFeed } from "/static/web/js/feed.js";
import { showClock, showLink } from "/static/web/js/staff-head.js";
import { hourMinute } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { showDevices } from "./devices.js";
import { showFigures, showWaiting } from "./figures.js";
import { createHalfHours } from "./half-hours.js";
import { createRedressAlert } from "./redress-alert.js";
import { createRefresher } from "./refresher.js";
import { showServices } from "./services.js";
import { showVotes } from "./votes.js";
import { showWaits } from "./waits.js";
import { createWindows } from "./windows.js";

const names = island("names");
const windows = createWindows(byId("windows"), names.zone);
const halfHours = createHalfHours(names.zone);
const lowRatings = createRedressAlert(names);

let view = island("view");
let report = null;
let online = true;

function showLive() {
  showWaiting(view, names);
  lowRatings.show(view.redress);
  windows.show(view.windows, report);
  if (!report) return;
  showServices(report, view.services, names);
  showDevices(report.devices, view.alerts, names);
}

function showReport(fresh) {
  report = fresh;
  showFigures(report);
  showVotes(report.total);
  halfHours.show(report.half_hours);
  showLive();
}

/** Figures that can no longer be trusted to be today's latest say so, and since when. */
function showAge() {
  const behind = !online || refresher.failed();
  byId("report").classList.toggle("behind", behind);
  byId("strip").hidden = !behind;
  if (!behind) return;
  const at = report ? report.at : view.now;
  const time = hourMinute(new Date(at), names.zone);
  setText(byId("strip-words"), t("The server cannot be reached. Figures as of {time}", { time }));
}

async function ask() {
  const { status, body } = await get("/api/v1/report/today");
  if (status === 401 || status === 403) location.reload();
  if (status !== 200) return false;
  showReport(body);
  const waits = await get("/api/v1/report/waits");
  if (waits.status === 200) showWaits(waits.body, names);
  return waits.status === 200;
}

const refresher = createRefresher(ask, showAge);

function onState(state) {
  online = state !== "offline";
  showLink(state);
  showAge();
}

setServerTime(view.now);
showClock(names.zone);
setInterval(() => {
  halfHours.tick(hallNow());
  // What the hall did since the line broke is unknown: its times stand still with the rest.
  if (!online) return;
  windows.tick(hallNow());
  showWaiting(view, names);
}, 1000);
showLive();
refresher.start();
openFeed({
  namespace: "/report",
  onView(fresh, changed) {
    view = fresh;
    if (changed.has("now")) setServerTime(view.now);
    showLive();
    if (changed.has("stale") || changed.has("alerts")) refresher.wanted();
  },
  onState,
  mayRenew: () => true,
});
