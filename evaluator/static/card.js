/** The clerk's card at the left. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { pick } from "/static/web/js/words.js";

let shown = null; // the photo's address; "" is the silhouette

export function renderCard({ clerk, window: place }) {
  const someone = clerk !== null;
  if (someone && clerk.photo !== shown) drawPicture(clerk.photo);
  byId("clerk-words").dataset.of = someone ? "person" : "place";
  byId("clerk-picture").hidden = !someone;
  byId("clerk-place").hidden = someone;
  setText(byId("clerk-name"), someone ? clerk.name : pick(place, "name"));
  setText(byId("clerk-post"), someone ? clerk.post : "");
  byId("clerk-number-row").hidden = !someone || clerk.number === "";
  setText(byId("clerk-number"), someone ? clerk.number : "");
}

function drawPicture(photo) {
  shown = photo;
  const silhouette = () => byId("clerk-drawing").content.firstElementChild.cloneNode(true);
  const picture = () => h("img.clerk-photo", { src: photo, alt: "", onerror: () => fill(byId("clerk-picture"), silhouette()) });
  fill(byId("clerk-picture"), photo ? picture() : silhouette());
}
