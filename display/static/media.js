/** The hall's own pictures and videos, over the panel while it is idle; gone and silent at once when it is not. */

import { byId, fill, h } from "/static/web/js/dom.js";

const LOOK_AGAIN = 5 * 60 * 1000; // ms: somebody may have put another picture into the folder
const AFTER_FAULT = 3000; // ms until the next after one that the browser cannot show

/**
 * `url`: of the list; none where the screen has no media.
 * Returns {show(whether), hush(view)}: `show` says whether the panel is idle, `hush` looks whether anything is spoken or
 * announced meanwhile.
 */
export function openMedia(url) {
  if (!url) return { show() {}, hush() {} };
  const place = byId("media");
  let about = { seconds: 0, sound: false, media: [] };
  let turn = 0;
  let idle = false;
  let hushed = false;
  let playing = false;
  let timer = 0;

  async function look() {
    try {
      const answer = await fetch(url);
      if (answer.ok) about = await answer.json();
    } catch (error) {
      return; // the line is dead: those known stay
    }
    decide();
  }

  function decide() {
    const wanted = idle && !hushed && about.media.length > 0;
    if (wanted === playing) return;
    playing = wanted;
    place.hidden = !wanted;
    clearTimeout(timer);
    if (wanted) next();
    else fill(place); // a video that has left the page is silent
  }

  function next() {
    if (!playing) return;
    const medium = about.media[turn % about.media.length];
    turn += 1;
    if (medium.sort === "video") showVideo(medium);
    else showPicture(medium);
  }

  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(next, ms);
  }

  function showPicture({ url: src }) {
    fill(place, h("img.medium", { src, alt: "", onerror: () => later(AFTER_FAULT) }));
    later(about.seconds * 1000);
  }

  function showVideo({ url: src }) {
    const ended = () => later(0);
    const video = h("video.medium", { src, autoplay: true, playsinline: true, onended: ended, onerror: () => later(AFTER_FAULT) });
    video.muted = !about.sound;
    const old = place.firstChild;
    fill(place, video);
    if (old && old.pause) old.pause();
    // Where the browser wants a touch before sound, the video goes on without.
    video.play().catch(() => {
      video.muted = true;
      video.play().catch(() => {});
    });
  }

  look();
  setInterval(look, LOOK_AGAIN);
  return {
    show(whether) {
      idle = whether;
      decide();
    },
    hush(view) {
      hushed = Boolean(view.announcement) || view.rest !== null;
      decide();
    },
  };
}
