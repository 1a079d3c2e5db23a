/** The kiosk page: one live view, a few screens, one citizen at a time. */

import { hallNow, runClock, setServerTime } from "/static/web/js/clock.js";
import { byId, island } from "/static/web/js/dom.js";
import { openFeed } from "/static/web/js/feed.js";
import { inEnglish, t } from "/static/web/js/words.js";
import { createPlayer } from "/static/voice/player.js";
import { createTones } from "/static/voice/tones.js";
import { createAsking } from "./asking.js";
import { createBack } from "./back.js";
import { createClasses } from "./classes.js";
import { createClosed } from "./closed.js";
import { createDoubt } from "./doubt.js";
import { createEntry } from "./entry.js";
import { createGuide } from "./guide.js";
import { createGuides } from "./guides.js";
import { createHero } from "./hero.js";
import { COMBINED, createHome } from "./home.js";
import { watchIdle } from "./idle.js";
import { createIssuer } from "./issue.js";
import { createMode } from "./mode.js";
import { watchNight } from "./night.js";
import { createPaused } from "./paused.js";
import { createQuiet } from "./quiet.js";
import { createReading } from "./reading.js";
import { createResult } from "./result.js";
import { watchScanner } from "./scanner.js";
import { createScreens } from "./screens.js";
import { createSpeech } from "./speech.js";
import { createStaff } from "./staff.js";
import { createVisit } from "./visit.js";

const STAFF = ["pin", "staff"]; // steps that are nobody else's

let view = island("view");
let link = "connecting";
let step = null; // a screen's name while the citizen, or the staff, is there

const serviceOf = (code) => view.services.find((one) => one.code === code);
const voice = island("voice");
const player = createPlayer(voice);
const quiet = createQuiet(voice.muted, view.hall.time_zone);
const tones = createTones(player, quiet);
const screens = createScreens({ onShow: () => reading.stop() });
const mode = createMode({ canReload: () => link === "online" && !issuer.busy && !isAnswered() });
const issuer = createIssuer();
const hero = createHero();
const closed = createClosed();
const visit = createVisit();
const home = createHome({
  visit,
  onChoose: choose,
  onRefuse: tones.refused,
  onCheckIn: () => go("checkin"),
  onPriority: () => go("priority"),
  onOrdinary: begin,
  onTake: takeCombined,
});
const reading = createReading({ player, clipsOf: createSpeech(voice), said, quiet, automatic: () => mode.big });
const news = { held: () => reading.isHeard, onNews: tell };
const result = createResult({
  screens,
  mode,
  ...news,
  onLeave: leave,
  onPrint: (asked, onRefused) => asking.reprint(asked, onRefused),
});
const back = createBack({
  screens,
  mode,
  ...news,
  onLeave: () => leave({ again: false }),
  onRejoin: (asked) => asking.rejoin(asked),
  onPrint: (asked) => asking.reprint(asked),
});
const guides = createGuides({ onChoose: openGuide, onBack: () => go(null) });
const guide = createGuide({ onTake: takeFromGuide, onBack: () => go("guides") });
const paused = createPaused();
const staff = createStaff({
  zone: view.hall.time_zone,
  mayOpen: () => view.kiosk.panel && !issuer.busy && !isAnswered() && !STAFF.includes(step),
  go,
  onRefuse: tones.refused,
});
const classes = createClasses({ onChoose: first, onBack: () => go(null) });
const doubt = createDoubt({
  onTake(services, busy) {
    go(null);
    asking.take(services, visit.priority, busy);
  },
  onBack: () => go(null),
});
const entries = {
  checkin: createEntry({
    name: "checkin",
    limit: 8,
    complete: (text) => text.length === 4 || text.length === 8,
    incomplete: () => ({ main: t("Please enter 8 or 4 digits"), second: t("The booking code has 8, your phone number ends in 4") }),
    onSubmit: (text) => asking.checkIn(text),
    onBack: () => go(null),
    onRefuse: tones.refused,
  }),
  lookup: createEntry({
    name: "lookup",
    letters: view.rejoin.prefixes,
    limit: 7,
    complete: (text) => /^[A-Z][0-9]+$/.test(text),
    incomplete: () => ({ main: t("Please enter a letter and digits"), second: t("As they stand on your slip, such as A012") }),
    onSubmit: (text) => asking.lookUp({ number: text }),
    onBack: () => go(null),
    onRefuse: tones.refused,
  }),
};
const asking = createAsking({
  issuer,
  home,
  entry: (name) => {
    if (name && !(step in entries)) {
      if (isAnswered()) back.put();
      go(name);
    }
    return entries[step];
  },
  service: serviceOf,
  shown: {
    ticket: (ticket, service) => {
      step = null;
      result.open(ticket, service, view);
    },
    again: (ticket, service) => {
      step = null;
      back.put();
      result.open(ticket, service, view, { again: true });
    },
    standing: (answer, service, wish, title) => {
      step = null;
      back.open(answer, service, view.hall.time_zone, { wish, title });
    },
  },
});

const isAnswered = () => result.isOpen || back.isOpen;

/** What the screen says, for the voice; null where it is not read aloud. */
function said() {
  if (result.isOpen) return result.said;
  if (back.isOpen) return back.said;
  if (step === "doubt") return doubt.said;
  if (step) return step in entries ? entries[step].said : null;
  return rest() === "closed" ? closed.said : { kind: rest() };
}

/** Something has come of the citizen's touch. */
function tell() {
  tones.ready();
  reading.announce();
}

function choose(service) {
  if (visit.combined) {
    visit.pick(service.code);
    render();
  } else {
    take([service], service.code);
  }
}

/** A number for all of `services`; whoever would probably not be called today is told so before. */
function take(services, busy) {
  if (issuer.busy) return null;
  if (!doubt.open(services, visit.priority, busy, view)) return asking.take(services, visit.priority, busy);
  go("doubt");
  reading.announce();
  return null;
}

function takeCombined() {
  if (visit.picked.length) take(visit.picked.map(serviceOf), COMBINED);
}

function openGuide(chosen) {
  guide.open(chosen);
  go("guide");
  guide.layOut();
}

/** The number is taken from the guide's own screen; home says why there is none. */
async function takeFromGuide(code) {
  const service = serviceOf(code);
  if (!service.open) {
    go(null);
    home.touch(service);
    return;
  }
  guide.wait(true);
  await take([service], code);
  guide.wait(false);
  if (!result.isOpen && step !== "doubt") go(null);
}

function begin() {
  visit.reset();
  go(null);
}

function first(chosen) {
  visit.priority = chosen;
  go(null);
}

/** To a step of its own, or with null to home; whatever was typed before is gone. */
function go(next) {
  if (STAFF.includes(step) && !STAFF.includes(next)) staff.left();
  step = next;
  for (const entry of Object.values(entries)) entry.clear();
  if (next === "guides") guides.reset();
  render();
}

/** Back to the start. A citizen who has gone takes large type and English along, one who asks for more does not. */
function leave({ again }) {
  visit.reset();
  home.reset();
  if (!again) {
    mode.reset();
    issuer.forget();
  }
  go(null);
}

/** Where the page rests: at home while any service gives numbers, for it may have hours of its own. */
function rest() {
  if (view.paused) return "paused";
  return view.services.some((service) => service.open) ? "home" : "closed";
}

/** Whether a citizen has made the page their own. */
function isChanged() {
  return inEnglish || mode.big || home.changed || visit.begun || step !== null;
}

/** Whether nobody would miss the page if it loaded itself anew, and it could. */
function isFree() {
  return link === "online" && !issuer.busy && !isAnswered() && !isChanged();
}

function render() {
  const now = hallNow();
  const off = link === "offline";
  hero.render(view, now);
  home.render(view, link, now);
  closed.render(view, now);
  classes.render(view.classes, off);
  for (const entry of Object.values(entries)) entry.render(off);
  guides.render(view.guides);
  guide.render(off);
  doubt.render(off);
  back.render(off);
  paused.render(view);
  staff.render(off);
  byId("tool-guide").hidden = !view.guides.length;
  byId("tool-combined").hidden = view.services.length < 2 || view.paused;
  byId("tool-lookup").disabled = byId("tool-combined").disabled = off;
  byId("tool-combined").setAttribute("aria-pressed", String(visit.combined));
  result.follow(view, link);
  if (!isAnswered()) screens.show(step || rest());
  reading.refresh();
}

byId("tool-lookup").addEventListener("click", () => go("lookup"));
byId("tool-guide").addEventListener("click", () => go("guides"));
byId("tool-combined").addEventListener("click", () => {
  visit.combine(!visit.combined);
  go(null);
});
byId("kiosk").dataset.link = link;
document.addEventListener("contextmenu", (event) => event.preventDefault());
document.addEventListener("pointerdown", (event) => {
  const button = event.target.closest("button");
  if (button && !button.disabled) tones.tick();
}, true);
document.addEventListener("click", () => player.unlock(), true);
setServerTime(view.now);
runClock({ time: byId("clock-time"), day: byId("clock-day") }, view.hall.time_zone);
const idle = watchIdle({
  seconds: () => mode.patience(45),
  warning: () => mode.patience(15),
  needed: () => !isAnswered() && isChanged() && !STAFF.includes(step),
  onAsk: () => reading.announce({ kind: "still-there" }),
  onAnswer: reading.stop,
  onLeave: () => leave({ again: false }),
});
// Whoever has a ticket before them is not disturbed; whoever looked at where a number stands may be the one before.
watchScanner({
  listening: () => !result.isOpen && !STAFF.includes(step) && link !== "offline",
  onText: (text) => {
    idle.stay();
    asking.scanned(text);
  },
});
watchNight({ at: view.kiosk.reload_at, zone: view.hall.time_zone, mayReload: isFree });
render();

openFeed({
  namespace: "/kiosk",
  query: { kiosk: view.kiosk.id },
  onView(fresh, changed) {
    view = fresh;
    if (changed.has("now")) setServerTime(view.now);
    render();
  },
  onState(state) {
    link = state;
    byId("kiosk").dataset.link = link;
    render();
    if (link === "online" && !isAnswered()) mode.resume();
  },
  mayRenew: isFree,
});

/** For whoever stands at the kiosk with developer tools: `jiaohao.player.log` is what sounded, and when. */
window.jiaohao = { player };
