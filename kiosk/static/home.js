/** Home: choose a department, touch a service. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { hallNow } from "/static/web/js/clock.js";
import { hourMinute } from "/static/web/js/times.js";
import { english, inEnglish, msg, pick, t } from "/static/web/js/words.js";
import { createCard, opensText } from "./cards.js";
import { renderMachine, waitingPhrase } from "./hero.js";
import { createTabs } from "./tabs.js";

const FULL = 8; // cards on a page
const PAGED = 6; // cards on a page that carries the pager
const LARGE = 4; // a department with so few services shows them large
const REFUSAL_SECONDS = 12;

/** `onChoose(service)` is told of a touch on an open service. */
export function createHome({ onChoose }) {
  const cards = new Map();
  const state = {
    view: null,
    link: "connecting",
    asOf: "", // when the line was lost: the time until which the page is true
    department: null,
    page: 0,
    busy: null, // code of the service whose number is being taken
    label: null,
    slow: false,
    refusal: null,
  };
  let timers = [];

  const tabs = createTabs(byId("tabs"), (code) => change({ department: code, page: 0, refusal: null }));

  function change(values) {
    Object.assign(state, values);
    draw();
  }

  function touch(service) {
    state.refusal = null;
    if (service.open) {
      onChoose(service);
      return;
    }
    refuse({ main: pick(service, "name"), second: opensText(service, hallNow(), state.view.hall.time_zone) });
  }

  function refuse(refusal) {
    change({ refusal });
    setTimeout(() => {
      if (state.refusal === refusal) change({ refusal: null });
    }, REFUSAL_SECONDS * 1000);
  }

  function draw() {
    const { view, link } = state;
    const off = link === "offline";
    renderMachine(view, link);
    renderHead(view);
    renderStrip(off ? offlineNotice(state.asOf) : state.refusal);
    tabs.render(view.departments, state.department, off);
    drawServices(off);
  }

  function drawServices(off) {
    const { view, department } = state;
    const all = view.services.filter((one) => !department || one.department === department);
    const paged = all.length > FULL;
    const pages = paged ? Math.ceil(all.length / PAGED) : 1;
    state.page = Math.max(0, Math.min(state.page, pages - 1));
    const shown = paged ? all.slice(state.page * PAGED, (state.page + 1) * PAGED) : all;
    const list = byId("services");
    list.dataset.layout = layoutOf(paged, department, all.length);
    place(list, shown.map((service) => cardOf(service, off)));
    renderPager(state.page, pages, off);
  }

  function cardOf(service, off) {
    if (!cards.has(service.code)) cards.set(service.code, createCard(service, touch));
    const card = cards.get(service.code);
    const busy = state.busy === service.code;
    card.update(service, {
      off,
      label: busy ? state.label : null,
      wait: busy && state.slow,
      now: hallNow(),
      zone: state.view.hall.time_zone,
    });
    return card.element;
  }

  byId("page-back").addEventListener("click", () => change({ page: state.page - 1 }));
  byId("page-next").addEventListener("click", () => change({ page: state.page + 1 }));

  return {
    /** Whether a citizen has changed what home shows. */
    get changed() {
      return state.department !== null || state.page > 0;
    },
    render(view, link) {
      const lost = link === "offline" && state.link !== "offline";
      change({ view, link, asOf: lost ? hourMinute(hallNow(), view.hall.time_zone) : state.asOf });
    },
    /** The touched card says that the number is being taken, later that it takes a moment; null ends it. */
    waitFor(code) {
      timers.forEach(clearTimeout);
      timers = code === null ? [] : [
        setTimeout(() => change({ label: t("Taking a number…") }), 300),
        setTimeout(() => change({ slow: true }), 3000),
      ];
      change({ busy: code, label: null, slow: false });
    },
    /** Say why no number came: {main, second}. */
    refuse,
    reset() {
      change({ department: null, page: 0, refusal: null });
    },
  };
}

function layoutOf(paged, department, count) {
  if (paged) return "paged";
  return department && count <= LARGE ? "large" : "all";
}

// Cards already in place stay where they are: moving one would end the touch that is on it.
function place(list, elements) {
  const same = elements.length > 0 && elements.length === list.children.length
    && elements.every((element, index) => list.children[index] === element);
  if (same) return;
  fill(list, elements.length ? elements : h("p.empty.services-empty", {}, t("No service here takes numbers now. Please ask at the service desk.")));
}

function renderHead(view) {
  const words = byId("hall-waiting");
  if (words.dataset.n === String(view.waiting)) return;
  words.dataset.n = String(view.waiting);
  fill(words, waitingPhrase(view.waiting));
}

function renderPager(page, pages, off) {
  byId("pager").hidden = pages < 2;
  byId("page-back").disabled = off || page === 0;
  byId("page-next").disabled = off || page === pages - 1;
  setText(byId("pager-words"), t("Page {page} of {pages}", { page: page + 1, pages }));
}

// The strip takes the place of the heading, so that nothing below it moves under a finger; readers keep the heading.
function renderStrip(notice) {
  const strip = byId("home-strip");
  const key = notice ? `${notice.main}|${notice.second}|${notice.aside || ""}` : "";
  strip.hidden = notice === null;
  byId("home-head").classList.toggle("visually-hidden", notice !== null);
  if (strip.dataset.key === key) return;
  strip.dataset.key = key;
  if (notice === null) return;
  fill(strip, icon(notice.sign || "warning"),
    h("span.strip-words", {}, h("span.strip-main", {}, notice.main),
      h("span.strip-second", {}, notice.second)),
    notice.aside ? h("span.strip-aside", {}, notice.aside) : null);
}

function offlineNotice(time) {
  const message = msg("Offline. Please take a number at the desk.");
  return {
    sign: "wifi-off",
    main: t(message),
    second: inEnglish ? "" : h("span", { lang: "en" }, english(message)),
    aside: t("As of {time}", { time }),
  };
}
