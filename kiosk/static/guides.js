/** The list of services that have a guide, as large cards on pages. */

import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";

const PAGED = 6; // cards on a page

/** `onChoose(guide)`, `onBack()`. */
export function createGuides({ onChoose, onBack }) {
  let all = [];
  let page = 0;
  let shown = "";

  function draw() {
    const pages = Math.max(1, Math.ceil(all.length / PAGED));
    page = Math.min(page, pages - 1);
    const here = all.slice(page * PAGED, (page + 1) * PAGED);
    const key = JSON.stringify(here);
    if (key !== shown) fill(byId("guides"), here.map((guide) => card(guide, onChoose)));
    shown = key;
    byId("guides-pager").hidden = pages < 2;
    byId("guides-back-page").disabled = page === 0;
    byId("guides-next-page").disabled = page === pages - 1;
    setText(byId("guides-page"), t("Page {page} of {pages}", { page: page + 1, pages }));
  }

  function turn(by) {
    page += by;
    draw();
  }

  byId("guides-back").addEventListener("click", onBack);
  byId("guides-back-page").addEventListener("click", () => turn(-1));
  byId("guides-next-page").addEventListener("click", () => turn(1));
  return {
    render(guides) {
      all = guides;
      draw();
    },
    reset() {
      page = 0;
      draw();
    },
  };
}

function card(guide, onChoose) {
  return h("button.choice.class-card.guide-card", { type: "button", data: { service: guide.service }, onclick: () => onChoose(guide) },
    h("span.arch", {}, icon(guide.icon)),
    h("span.class-words", {}, h("span.class-name", {}, pick(guide, "service_name")),
      h("span.class-proof", {}, pick(guide, "name"))));
}
