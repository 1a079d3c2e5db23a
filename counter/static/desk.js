/** The clerk's desk: one live view, one action at a time. */

import { get, post } from "/static/web/js/api.js";
import { hallNow, runClock, setServerTime } from "/static/web/js/clock.js";
import { byId, island, setText } from "/static/web/js/dom.js";
import { openFeed } from "/static/web/js/feed.js";
import { t } from "/static/web/js/words.js";
import { renderAsking } from "./asking.js";
import { createButtons } from "./buttons.js";
import { createCommands } from "./commands.js";
import { createHead } from "./head.js";
import { createLists } from "./lists.js";
import { createNotice } from "./notice.js";
import { createPause } from "./pause.js";
import { renderPaused } from "./paused.js";
import { rememberWindow } from "./place.js";
import { createTicket } from "./ticket.js";

const SETTLE = 1500; // ms to wait for the view to catch up with an answer
const LOOK_AGAIN = 3000; // ms between looks at the server while the line is down
const FADE = 8000; // ms that the first arrival stays marked

const place = island("place");
const desk = byId("desk");
let view = null;
let link = "connecting";
let leaving = false;
let asOf = new Date(); // until when what the page shows was true

const notice = createNotice();
const ticket = createTicket(place.time_zone);
const lists = createLists(place.time_zone);
const commands = createCommands({ number: place.window, seen, settle, onChange: render });
const buttons = createButtons({ onPress: act });
const pause = createPause({ onPause: (details) => act("pause", details) });
const head = createHead({
  onPause: () => pause.open(),
  onReopen: () => act("reopen"),
  onLeave: () => leave({ signOut: false }),
  onSignOut: () => leave({ signOut: true }),
});

function seen() {
  return view.ticket ? view.ticket.id : "";
}

/** The server pushes before it acknowledges, so once this resolves the view includes what was just answered. */
function settle() {
  return new Promise((done) => {
    const timer = setTimeout(done, SETTLE);
    feed.emit("snapshot", null, () => {
      clearTimeout(timer);
      done();
    });
  });
}

async function act(action, details) {
  if (commands.busy) return false;
  desk.removeAttribute("data-arrived");
  notice.hide();
  const free = view.ticket === null;
  const answer = await commands.run(action, details);
  if (answer.status === 401) window.location.reload();
  if (answer.status === 0) {
    notice.show({ main: t("No answer from the server"), second: t("Please look at the screen, then press again if needed") });
  } else if (answer.status >= 400) {
    notice.show({ main: answer.body.error.message, second: answer.body.error.code });
  } else if (answer.status === 204 && free) {
    notice.show({ main: t("Nobody is waiting now") });
  }
  return answer.status >= 200 && answer.status < 300;
}

/** Nobody may be left in the account's name at an open window, so signing out closes the window first. */
async function leave({ signOut }) {
  leaving = true;
  if (await act("leave")) {
    if (signOut) await post("/api/v1/logout");
    window.location.assign("/counter");
    return;
  }
  leaving = false;
  render();
}

function render() {
  if (!view) return;
  if (!view.mine) {
    showGone();
    return;
  }
  const now = hallNow();
  const online = link === "online";
  if (online) asOf = now;
  head.render(view, online && !commands.busy);
  ticket.render(view, now);
  buttons.render({ view, online, commands, now });
  lists.render(view, now, asOf);
  renderAsking(view);
  renderPaused(view, now, place.time_zone);
}

function showGone() {
  if (leaving || !byId("gone").hidden) return;
  byId("work").hidden = true;
  byId("gone").hidden = false;
  const words = { name: view.taken_by, number: place.window };
  const main = view.taken_by ? t("{name} has taken over window {number}", words) : t("Window {number} is closed", words);
  setText(byId("gone-title"), main);
  for (const id of ["pause", "reopen", "menu"]) byId(id).hidden = true;
  byId("gone-title").focus();
}

/** The first citizen to come to an idle window is worth a look. */
function noticeArrival(before) {
  const waits = (one) => one && one.mine && one.waiting.total > 0;
  const idle = view.mine && view.window.state === "open" && view.ticket === null;
  if (!idle || !waits(view)) {
    desk.removeAttribute("data-arrived");
  } else if (before && before.mine && !waits(before)) {
    desk.setAttribute("data-arrived", "");
    setTimeout(() => desk.removeAttribute("data-arrived"), FADE);
  }
}

/** A page that is kept out (signed out elsewhere, another day) would wait for ever: ask why the line is down. */
async function lookAgain() {
  if (link !== "offline") return;
  const { status, body } = await get(`/api/v1/windows/${place.window}`);
  if (status === 401 || status === 404 || (status === 200 && body.staff !== place.username)) window.location.reload();
}

rememberWindow(place.window);
runClock({ time: byId("clock") }, place.time_zone);
setInterval(render, 1000);
setInterval(lookAgain, LOOK_AGAIN);

const feed = openFeed({
  namespace: "/counter",
  query: { window: place.window },
  onView(fresh, changed) {
    const before = view;
    view = fresh;
    if (changed.has("now")) setServerTime(view.now);
    noticeArrival(before);
    render();
  },
  onState(state) {
    link = state;
    desk.dataset.link = state;
    head.link(state);
    if (state === "offline") {
      notice.show({
        main: t("Offline. Call and serve by voice; the numbers stay valid"),
        second: t("Buttons work again once the line is back; nothing is sent later"),
        red: true,
        lasting: true,
      });
    } else if (state === "online") {
      commands.forget();
      notice.hide();
    }
    render();
  },
});
