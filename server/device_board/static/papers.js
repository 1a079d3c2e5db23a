/** Papers that a person has to look after, and 补打 for each that can be had again. */

import { post } from "/static/web/js/api.js";
import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { placesText, problemText } from "/static/web/js/device-words.js";
import { hourMinute } from "/static/web/js/times.js";
import { msg, t } from "/static/web/js/words.js";
import { jobText, slipText } from "./job-words.js";

const TO_DO = {
  unknown: msg("Nobody knows whether it came out. Look at the slot, and print it again if it is not there"),
  blocked: msg("Nothing was printed. The number is valid; print it again if the citizen wants the paper"),
  dropped: msg("Nothing was printed. The number is valid; print it again if the citizen wants the paper"),
  paused: msg("It is in the printer and comes out by itself once the printer is mended"),
};
const MODEST = 12000; // ms that an answer stays

export function createPapers(zone) {
  const busy = new Set(); // jobs whose answer is under way
  let shown = { total: 0, newest: [] };
  let locked = true;
  let timer = 0;

  function draw() {
    const held = document.activeElement && document.activeElement.dataset.again;
    byId("papers").hidden = shown.total === 0 && byId("papers-answer").hidden;
    setText(byId("papers-note"), note());
    const list = byId("papers-list");
    list.hidden = shown.total === 0;
    fill(list, shown.newest.map((paper, place, all) => row(paper, all[place - 1])));
    const again = held && list.querySelector(`[data-again="${held}"]`);
    if (again) again.focus();
  }

  function note() {
    const { total, newest } = shown;
    return total > newest.length ? t("{total}, the newest {shown} below", { total, shown: newest.length }) : String(total || "");
  }

  /** What to do is said once for a run of papers in the same case. */
  function row(paper, above) {
    const why = paper.reason && paper.state !== "unknown" ? ` ${problemText(paper.reason)}` : "";
    return h("li.paper", { data: { job: paper.job } },
      h("p.paper-what", {}, h("b.number.paper-number", {}, paper.number || slipText(paper.slip)),
        h("span.chip.chip-amber", {}, icon("warning", "icon-small"), h("span", {}, jobText(paper.state))),
        h("span.second", {}, `${hourMinute(new Date(paper.at), zone)} ${placesText(paper.places)}${why}`)),
      paper.again && button(paper),
      above && toDo(above) === toDo(paper) ? null : h("p.paper-do.second", {}, toDo(paper)));
  }

  function toDo({ state, again, ready }) {
    if (again && !ready) return t("Mend the printer first, then print it again if the citizen wants the paper");
    return TO_DO[state] ? t(TO_DO[state]) : "";
  }

  function button(paper) {
    const off = locked || !paper.ready;
    const name = paper.number || slipText(paper.slip);
    return h("button.button.paper-again", {
      type: "button",
      data: { again: paper.job },
      "aria-disabled": off && "true",
      "aria-busy": busy.has(paper.job) && "true",
      "aria-label": t("Print {name} again", { name }),
      onclick: () => {
        if (!off && !busy.has(paper.job)) ask(paper, name);
      },
    }, icon("printer", "icon-small"), h("span", {}, t("Print again")));
  }

  async function ask(paper, name) {
    busy.add(paper.job);
    draw();
    const { status, body } = await post(paper.again);
    busy.delete(paper.job);
    if (status === 401) window.location.reload();
    else if (status === 0) answer(t("No answer from the server"), false);
    else if (status >= 400) answer(body.error.message, false);
    else answer(t("{name} is being printed again", { name }), true);
    draw();
  }

  function answer(words, good) {
    const strip = byId("papers-answer");
    strip.classList.toggle("strip-jade", good);
    fill(strip, icon(good ? "check" : "warning"), h("span", {}, words));
    strip.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
      strip.hidden = true;
      draw();
    }, MODEST);
  }

  return {
    show(pending) {
      shown = pending;
      draw();
    },
    /** What came of something else that was asked of a printer. */
    tell(words, good) {
      answer(words, good);
      draw();
    },
    /** While the line is down nothing can be asked for. */
    lock(off) {
      locked = off;
      draw();
    },
  };
}
