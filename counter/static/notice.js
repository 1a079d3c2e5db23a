/** The strip on top of the work: what went wrong, what to do first, and a small code for whoever is asked; or, in
 *  green, what was done where the page does not show it otherwise. */

import { byId, fill, h, icon } from "/static/web/js/dom.js";

const SECONDS = 12;

export function createNotice() {
  const strip = byId("notice");
  let timer = 0;
  return {
    /** `lasting` stays until it is hidden. */
    show({ main, second = "", red = false, good = false, lasting = false }) {
      clearTimeout(timer);
      strip.classList.toggle("strip-red", red);
      strip.classList.toggle("strip-jade", good);
      fill(
        strip,
        icon(drawing(red, good)),
        h("p.strip-words", {}, h("span.strip-main", {}, main), second && h("span.strip-second", {}, second)),
      );
      strip.hidden = false;
      if (!lasting) timer = setTimeout(() => (strip.hidden = true), SECONDS * 1000);
    },
    hide() {
      clearTimeout(timer);
      strip.hidden = true;
    },
  };
}

function drawing(red, good) {
  if (good) return "check";
  return red ? "wifi-off" : "warning";
}
