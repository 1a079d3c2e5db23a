/** One service's guide: what to bring, how long and how much, the steps; on as many pages as the type needs. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";
import { paginate } from "./paginate.js";
import { windowsText } from "./places.js";

/** `onTake(service code)`, `onBack()`. */
export function createGuide({ onTake, onBack }) {
  const sheet = byId("guide-sheet");
  const take = byId("guide-take");
  const label = take.textContent;
  let guide = null;
  let pages = [];
  let page = 0;

  function draw() {
    fill(sheet, pages[page]);
    byId("guide-pager").hidden = pages.length < 2;
    byId("guide-back-page").disabled = page === 0;
    byId("guide-next-page").disabled = page === pages.length - 1;
    setText(byId("guide-page"), t("Page {page} of {pages}", { page: page + 1, pages: pages.length }));
  }

  /** Anew for the type and the panel as they are now. The pager takes its room from the sheet, so it is there first. */
  function layOut() {
    if (!guide || byId("screen-guide").hidden) return;
    byId("guide-pager").hidden = false;
    pages = paginate(sheet, sectionsOf(guide));
    page = Math.min(page, pages.length - 1);
    draw();
  }

  function turn(by) {
    page += by;
    draw();
  }

  byId("guide-back").addEventListener("click", onBack);
  take.addEventListener("click", () => onTake(guide.service));
  byId("guide-back-page").addEventListener("click", () => turn(-1));
  byId("guide-next-page").addEventListener("click", () => turn(1));
  byId("tool-big").addEventListener("click", layOut);
  new ResizeObserver(layOut).observe(sheet);

  return {
    open(chosen) {
      guide = chosen;
      page = 0;
      setText(byId("guide-title"), pick(guide, "name"));
      setText(byId("guide-service"), pick(guide, "service_name"));
    },
    /** Its screen is shown: how much fits on it can be measured. */
    layOut,
    wait(on) {
      take.setAttribute("aria-busy", String(on));
      setText(take, on ? t("Taking a number…") : label);
    },
    render(off) {
      take.disabled = off;
    },
  };
}

function sectionsOf(guide) {
  const documents = guide.documents.map((one) => ({ main: pick(one, "name"), second: pick(one, "note") }));
  const sections = [
    { title: t("What to bring ({n})", { n: documents.length }), make: numbered, items: documents },
    { title: t("Time, fee, place"), make: facts, items: factsOf(guide) },
  ];
  const steps = pick(guide, "steps");
  if (steps.length) sections.push({ title: t("How it goes"), make: numbered, items: steps.map((main) => ({ main })) });
  return sections;
}

function factsOf(guide) {
  const windows = windowsText(guide.windows);
  return [
    [t("Time limit"), pick(guide, "time_limit")],
    [t("Fee"), pick(guide, "fee")],
    [t("Place"), [windows, pick(guide, "place")].filter(Boolean).join(" ")],
    [t("Forms"), pick(guide, "forms")],
    [t("Phone"), guide.phone],
    [t("Legal basis"), pick(guide, "basis")],
  ].filter(([, words]) => words);
}

/** A numbered list of {main, second}; `from` counts on from the page before. */
function numbered(items, from) {
  return h("ol.guide-list", {}, items.map(({ main, second }, index) =>
    h("li.guide-item", {}, h("span.guide-n", {}, from + index + 1),
      h("div", {}, h("p.guide-main", {}, main), second ? h("p.second.guide-second", {}, second) : null))));
}

function facts(items) {
  return h("dl.guide-facts", {}, items.map(([name, words]) => h("div.guide-fact", {}, h("dt", {}, name), h("dd", {}, words))));
}
