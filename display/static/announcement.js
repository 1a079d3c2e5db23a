/**
 * What a leader announces: an emergency in a band above everything, which takes no place from the calls; anything else
 * in a strip above the notices.
 */

import { byId, setText } from "/static/web/js/dom.js";

import { fit } from "./fit.js";
import { flash } from "./shapes.js";

/** Returns {update(announcement)}: {id, kind, text} or null. */
export function openAnnouncement() {
  const bands = { emergency: byId("emergency"), general: byId("broadcast") };
  let shown = null;

  function show(announcement) {
    for (const [kind, band] of Object.entries(bands)) {
      const own = announcement !== null && announcement.kind === kind;
      band.hidden = !own;
      if (!own) continue;
      setText(band.querySelector(".band-text"), announcement.text);
      fit(band);
      if (shown !== announcement.id) flash(band);
    }
    shown = announcement && announcement.id;
    if (announcement) byId("board").dataset.announced = announcement.kind;
    else delete byId("board").dataset.announced;
  }

  window.addEventListener("resize", () => Object.values(bands).forEach((band) => band.hidden || fit(band)));
  return { update: show };
}
