/** The kiosk page: one live view, four screens, one ticket at a time. */

import { hallNow, runClock, setServerTime } from "/static/web/js/clock.js";
import { byId, island } from "/static/web/js/dom.js";
import { openFeed } from "/static/web/js/feed.js";
import { inEnglish, t } from "/static/web/js/words.js";
import { createClosed } from "./closed.js";
import { createHero } from "./hero.js";
import { createHome } from "./home.js";
import { watchIdle } from "./idle.js";
import { createIssuer } from "./issue.js";
import { createMode } from "./mode.js";
import { createResult } from "./result.js";
import { createScreens } from "./screens.js";

let view = island("view");
let link = "connecting";

const screens = createScreens();
const mode = createMode({ canReload: () => link !== "offline" });
const issuer = createIssuer();
const hero = createHero();
const closed = createClosed();
const home = createHome({ onChoose: take });
const result = createResult({ screens, mode, onLeave: leave });

async function take(service) {
  if (issuer.busy) return;
  home.waitFor(service.code);
  const { status, body } = await issuer.take(service.code);
  home.waitFor(null);
  if (status === 200 || status === 201) {
    result.open(body, service, view);
    return;
  }
  const offline = status === 0;
  home.refuse({
    main: offline ? t("Offline. Please take a number at the desk.") : body.error.message,
    second: offline ? t("Your touch may not have counted; touch again when the line is back") : body.error.code,
  });
}

/** Back to the start. A citizen who has gone takes large type and English along, one who asks for more does not. */
function leave({ again }) {
  home.reset();
  if (!again) mode.reset();
  screens.show(view.issuing.open ? "home" : "closed");
}

/** Whether a citizen has made the page their own. */
function isChanged() {
  return inEnglish || mode.big || home.changed;
}

function render() {
  const now = hallNow();
  hero.render(view, now);
  home.render(view, link, now);
  closed.render(view, now);
  result.follow(view, link);
  if (!result.isOpen) screens.show(view.issuing.open ? "home" : "closed");
}

byId("kiosk").dataset.link = link;
document.addEventListener("contextmenu", (event) => event.preventDefault());
setServerTime(view.now);
runClock({ time: byId("clock-time"), day: byId("clock-day") }, view.hall.time_zone);
watchIdle({
  seconds: () => mode.patience(45),
  warning: () => mode.patience(15),
  needed: () => !result.isOpen && isChanged(),
  onLeave: () => leave({ again: false }),
});
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
    if (link === "online" && !result.isOpen) mode.resume();
  },
  mayRenew: () => link === "online" && !issuer.busy && !result.isOpen && !isChanged(),
});
