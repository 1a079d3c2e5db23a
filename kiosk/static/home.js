/** Home: choose a department, touch a service. */

import { hallNow } from "/static/web/js/clock.js";
import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { createCard, whyClosed } from "./cards.js";
import { offlineNotice, renderHeading, renderHomeStrip } from "./heading.js";
import { renderMachine } from "./hero.js";
import { createTabs } from "./tabs.js";
import { createWays } from "./ways.js";

const FULL = 8; // cards on a page
const PAGED = 6; // cards on a page that carries the pager
const LARGE = 4; // a department with so few services shows them large
const REFUSAL_SECONDS = 12;

/** Stands for the service's code while the number of a combined visit is being taken. */
export const COMBINED = "(combined)";

/** `onChoose(service)` is told of a touch on an open service, `onRefuse()` of one that came to nothing; the others of the
 *  row under them. */
export function createHome({ visit, onChoose, onRefuse, onCheckIn, onPriority, onOrdinary, onTake }) {
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

  const ways = createWays({ onCheckIn, onPriority, onOrdinary, onTake });
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
    refuse(whyClosed(service, hallNow(), state.view.hall.time_zone));
  }

  function refuse(refusal) {
    change({ refusal });
    onRefuse();
    setTimeout(() => {
      if (state.refusal === refusal) change({ refusal: null });
    }, REFUSAL_SECONDS * 1000);
  }

  function draw() {
    const { view, link } = state;
    const off = link === "offline";
    renderMachine(view, link);
    renderHeading(view, visit);
    renderHomeStrip(off ? offlineNotice(state.asOf) : state.refusal);
    tabs.render(view.departments, state.department, off);
    drawServices(off);
    ways.render(view, visit, { off, label: state.busy === COMBINED ? state.label : null });
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
      combined: visit.combined,
      order: visit.orderOf(service.code),
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
    touch,
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

function renderPager(page, pages, off) {
  byId("pager").hidden = pages < 2;
  byId("page-back").disabled = off || page === 0;
  byId("page-next").disabled = off || page === pages - 1;
  setText(byId("pager-words"), t("Page {page} of {pages}", { page: page + 1, pages }));
}
