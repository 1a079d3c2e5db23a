/** The clerk's desk: one live view, one action at a time. */

import { get, post } from "/static/web/js/api.js";
import { hallNow, runClock, setServerTime } from "/static/web/js/clock.js";
import { byId, island, setText } from "/static/web/js/dom.js";
import { openFeed } from "/static/web/js/feed.js";
import { t } from "/static/web/js/words.js";
import { createAgain } from "./again.js";
import { createArrival } from "./arrival.js";
import { enter, moveByArrows } from "./arrows.js";
import { renderAsking } from "./asking.js";
import { createBookings } from "./bookings.js";
import { createButtons } from "./buttons.js";
import { createCommands } from "./commands.js";
import { createCorrect } from "./correct.js";
import { createDeviceAlerts } from "./device-alerts.js";
import { createDirect } from "./direct.js";
import { createGiven } from "./given.js";
import { createHandOver, renderHanded } from "./hand-over.js";
import { createHead } from "./head.js";
import { createHelp } from "./help.js";
import { createHold } from "./hold.js";
import { register } from "./install.js";
import { createKeys } from "./keys.js";
import { createIssue } from "./issue.js";
import { createLists } from "./lists.js";
import { createMore } from "./more.js";
import { createNotice } from "./notice.js";
import { createCall, createPriority, createRejoin, createResume } from "./numbers.js";
import { createOutcome } from "./outcome.js";
import { createPaper } from "./paper.js";
import { createPause } from "./pause.js";
import { renderPaused } from "./paused.js";
import { deskAddress, rememberWindow } from "./place.js";
import { reasonText } from "./reasons.js";
import { createRefer } from "./refer.js";
import { createServices } from "./services.js";
import { createShelf } from "./shelf.js";
import { createSlip } from "./slip.js";
import { createTicket } from "./ticket.js";
import { createTransfer } from "./transfer.js";
import { createUndo, undoable } from "./undo.js";

const SETTLE = 1500; // ms to wait for the view to catch up with an answer
const LOOK_AGAIN = 3000; // ms between looks at the server while the line is down
const STALE = ["stale_screen", "not_your_window", "no_open_ticket"]; // the screen was behind: a form for it makes no sense
const HERE = ["menu", "waiting", "aside", "devices", "help"]; // keys that ask nothing of the server

const place = island("place");
const desk = byId("desk");
let view = null;
let link = "connecting";
let leaving = false;
let asOf = new Date(); // until when what the page shows was true

const notice = createNotice();
const tools = { ask, tell: notice.show, view: () => view, now: hallNow };
const given = createGiven(tools);
const dialogs = {
  pause: createPause(tools),
  hold: createHold(tools),
  transfer: createTransfer(tools),
  call: createCall(tools),
  direct: createDirect(tools),
  resume: createResume(tools),
  rejoin: createRejoin(tools),
  priority: createPriority(tools),
  services: createServices(tools),
  bookings: createBookings(tools, place.time_zone),
  outcome: createOutcome(tools, { onSlip: (then) => choose("slip", then) }),
  slip: createSlip(tools, place.window, { onDone: ({ result, next }) => act(next ? "call_next" : "finish", { result }) }),
  refer: createRefer(tools, given),
  correct: createCorrect(tools),
  again: createAgain(tools),
  issue: createIssue(tools, given),
  paper: createPaper(tools),
  hand_over: createHandOver(tools),
  help: createHelp(),
};
const more = createMore({ view: () => view, online: () => link === "online", onChoose: choose, onRefused: refuse });
const ticket = createTicket(place.time_zone, { onVerify: (verified) => act("verify", { verified }) });
const lists = createLists(place.time_zone, { onCall: (number) => choose("call", number) });
const shelf = createShelf(place.time_zone, {
  onResume: (id) => act("resume", { ticket: id }),
  onRejoin: (id) => act("rejoin", { ticket: id, last: false }),
});
const deviceAlerts = createDeviceAlerts(place.username);
const undo = createUndo({ onUndo: () => choose("undo") });
const commands = createCommands({ number: place.window, seen, settle, onChange: render });
const buttons = createButtons({ onPress: choose, onRefused: refuse });
const head = createHead({
  onPause: () => choose("pause"),
  onReopen: () => act("reopen"),
  onLeave: () => leave({ signOut: false }),
  onSignOut: () => leave({ signOut: true }),
  onHelp: () => choose("help"),
  onHandOver: () => choose("hand_over"),
});
const arrival = createArrival(place, { onChange: render });
const keys = createKeys({ onKey });
/** What has a key and neither a button of buttons.js nor an entry of the menu. */
const byKey = {
  undo: () => (undoable(view, hallNow()) ? choose("undo") : refuse("nothing_to_undo")),
  pause: () => byId(view.window.state === "paused" ? "reopen" : "pause").click(),
  menu: head.openMenu,
  leave: () => leaveByKey({ signOut: false }),
  sign_out: () => leaveByKey({ signOut: true }),
  waiting: () => enter(byId("waiting-line"), "button") || more.choose("call"),
  aside: () => enter(byId("aside-line"), "button") || more.choose(view.held.length ? "resume" : "rejoin"),
  devices: () => enter(byId("devices"), ".button"),
  help: () => choose("help"),
};

function onKey(name) {
  if (!view || !view.mine) return;
  // While an answer is awaited only what asks nothing of the server is heard.
  if (commands.busy && !HERE.includes(name)) return;
  if (buttons.has(name)) buttons.press(name);
  else if (more.has(name)) more.choose(name);
  else if (link === "online" || HERE.includes(name)) byKey[name]();
  else refuse("offline");
}

function leaveByKey(how) {
  const why = view.actions.refused.leave;
  if (why) refuse(why);
  else leave(how);
}

/** Whoever presses what cannot be had is told so. */
function refuse(why) {
  if (why === "offline") sayOffline();
  else notice.show({ main: reasonText(why, view) });
}

function sayOffline() {
  notice.show({
    main: t("Offline. Call and serve by voice; the numbers stay valid"),
    second: t("Buttons work again once the line is back; nothing is sent later"),
    red: true,
    lasting: true,
  });
}
byId("handed-read").addEventListener("click", () => act("receive"));

/** What a button, a key or the menu stands for: a dialog, or the action itself. */
function choose(name, context) {
  if (name === "more") more.open();
  else if (name in dialogs) dialogs[name].open(context);
  else if (name === "undo") takeBack();
  else if (name === "verify" || name === "not_shown") act("verify", { verified: name === "verify" });
  else act(name);
}

function takeBack() {
  const last = undoable(view, hallNow());
  if (last) act("undo", { ticket: last.ticket });
}

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

/**
 * Ask the server for an action. Resolves to null when it was done, or to what stands in its way: {main, second, stale};
 * `stale` when the clerk had decided it for somebody else than is at the window now. `hear(body)` hears what was answered.
 */
async function ask(action, details, hear = () => {}) {
  if (link !== "online") return { main: reasonText("offline", view) };
  if (commands.busy) return { main: t("Please wait for the answer to the last press") };
  arrival.end();
  notice.hide();
  const { status, body } = await commands.run(action, details);
  if (status === 401) signInAgain();
  if (status === 0) {
    return { main: t("No answer from the server"), second: t("Please look at the screen, then press again if needed") };
  }
  if (status < 400) {
    hear(body);
    return null;
  }
  return { main: body.error.message, second: body.error.code, stale: STALE.includes(body.error.code) };
}

/** The same for a button without a dialog: what stands in its way is shown on the page. Resolves to whether it was done. */
async function act(action, details) {
  if (commands.busy) return false;
  const idle = action === "call_next" && view.ticket === null;
  const failure = await ask(action, details);
  if (failure) notice.show(failure);
  else if (idle && view.ticket === null) notice.show({ main: t("Nobody is waiting now") });
  return failure === null;
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
  desk.toggleAttribute("data-busy", commands.busy !== null);
  keys.render(view.hall.keys);
  head.render(view, online && !commands.busy, arrival.inTitle(now));
  ticket.render(view, now, arrival.isOn());
  undo.render(view, now, online && !commands.busy);
  buttons.render({ view, online, commands, now });
  more.render();
  lists.render(view, now, asOf, online);
  shelf.render(view, now, online);
  deviceAlerts.render(view.alerts);
  renderAsking(view);
  renderPaused(view, now, place.time_zone);
  renderHanded(view, place.time_zone);
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

/** A page that is kept out (signed out elsewhere, another day) would wait for ever: ask why the line is down. */
async function lookAgain() {
  if (link !== "offline") return;
  const { status, body } = await get(`/api/v1/windows/${place.window}`);
  if (status === 401) signInAgain();
  else if (status === 404 || (status === 200 && body.staff !== place.username)) window.location.reload();
}

for (const id of ["waiting-line", "aside-line"]) moveByArrows(byId(id), "button");
/** The session has ended elsewhere: the login says so, and leads back here. */
function signInAgain() {
  window.location.replace(`${deskAddress(place.window)}&ended=1`);
}

register();
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
    arrival.look(before, view);
    render();
  },
  onState(state) {
    link = state;
    desk.dataset.link = state;
    head.link(state);
    if (state === "offline") sayOffline();
    else if (state === "online") {
      commands.forget();
      notice.hide();
    }
    render();
  },
});
