/** The card of whoever serves at a window: photo or silhouette, name, post, work number. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";

/** Returns {update(clerk)}: {name, number, post, photo}, or null for nobody. */
export function openCard() {
  let shown;

  return {
    update(clerk) {
      byId("clerk").hidden = clerk === null;
      if (clerk === null || JSON.stringify(clerk) === shown) return;
      shown = JSON.stringify(clerk);
      setText(byId("clerk-name"), clerk.name);
      setText(byId("clerk-post"), clerk.post);
      setText(byId("clerk-number"), clerk.number);
      byId("clerk-row").hidden = clerk.number === "";
      fill(byId("clerk-picture"), clerk.photo ? photo(clerk) : silhouette());
    },
  };
}

function photo(clerk) {
  return h("img.clerk-photo", { src: clerk.photo, alt: "", onerror: () => fill(byId("clerk-picture"), silhouette()) });
}

function silhouette() {
  return byId("clerk-drawing").content.firstElementChild.cloneNode(true);
}
