/** 差评: the list, one case whole, and what a leader does about it. Asked for anew whenever the feed says that one changed. */

import { get, post } from "/static/web/js/api.js";
import { setServerTime } from "/static/web/js/clock.js";
import { byId, island, setText } from "/static/web/js/dom.js";
import { openFeed } from "/static/web/js/feed.js";
import { showLink } from "/static/web/js/staff-head.js";
import { t } from "/static/web/js/words.js";
import { createCase } from "./redress-case.js";
import { showList } from "./redress-list.js";

const EVERY = 60000; // ms: days pass without an event about a case

const names = island("names");
const tabs = Array.from(document.querySelectorAll(".cases-tabs .button"));
const shown = createCase(names, act);

let state = "open";
let cases = [];
let asked = 0; // lists asked for: of two on their way only the later one is shown
let chosen = decodeURIComponent(location.hash.slice(1)) || null; // the case that is shown whole

function say(words) {
  byId("strip").hidden = !words;
  setText(byId("strip"), words);
}

async function load() {
  const own = ++asked;
  const { status, body } = await get(`/api/v1/redress?state=${state}`);
  if (own !== asked) return;
  if (status === 401 || status === 403) location.reload();
  if (status !== 200) {
    say(status === 0 ? t("No answer from the server") : body.error.message);
    return;
  }
  setServerTime(body.at);
  cases = body.cases;
  setText(byId("count-open"), String(body.open));
  setText(byId("count-overdue"), String(body.overdue));
  const { part, whole } = body.handled;
  setText(byId("cases-note"), t("Closed in time {part} / due {whole}; excluded {excluded}", { part, whole, excluded: body.excluded }));
  showList(body, state, chosen, names, choose);
  await showChosen();
}

/** One that left this list, by what was just done, is still shown. */
async function showChosen() {
  const listed = cases.find((one) => one.case === chosen);
  if (listed || !chosen) {
    shown.show(listed || null);
    return;
  }
  const wanted = chosen;
  const { status, body } = await get(`/api/v1/redress/${encodeURIComponent(wanted)}`);
  if (wanted !== chosen) return;
  if (status === 200) shown.show(body);
  else if (status === 404) choose(null);
}

async function choose(one, { focus = false } = {}) {
  chosen = one ? one.case : null;
  history.replaceState(null, "", one ? `#${one.case}` : location.pathname);
  for (const row of document.querySelectorAll(".case-row")) row.setAttribute("aria-pressed", String(row.dataset.case === chosen));
  shown.show(one);
  if (focus) shown.focus();
}

/** Do it under `key` until there is an answer. `onDone` hears that it was done before the case is drawn anew. */
async function act(one, path, body, key, onDone) {
  say("");
  const { status, body: told } = await post(`/api/v1/redress/${encodeURIComponent(one.case)}/${path}`, { seen: one.revision, ...body }, key);
  if (status === 200) {
    onDone();
    if (path === "calls") shown.forget(); // the same form stands there again, to be empty
  } else say(status === 0 ? t("No answer from the server") : told.error.message);
  await load();
}

for (const tab of tabs) {
  tab.addEventListener("click", () => {
    state = tab.dataset.state;
    for (const other of tabs) other.setAttribute("aria-pressed", String(other === tab));
    load();
  });
}
setInterval(load, EVERY);
load();
openFeed({
  namespace: "/report",
  onView(view, changed) {
    if (changed.has("redress")) load();
  },
  onState: showLink,
  mayRenew: () => !shown.isWriting(),
});
