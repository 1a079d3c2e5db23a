/** The clerk's card at the left. */

import { byId, setText } from "/static/web/js/dom.js";
import { pick } from "/static/web/js/words.js";

export function renderCard({ clerk, window: place }) {
  const someone = clerk !== null;
  byId("clerk-words").dataset.of = someone ? "person" : "place";
  byId("clerk-picture").hidden = !someone;
  byId("clerk-place").hidden = someone;
  setText(byId("clerk-name"), someone ? clerk.name : pick(place, "name"));
  setText(byId("clerk-post"), someone ? clerk.post : "");
  byId("clerk-number-row").hidden = !someone || clerk.number === "";
  setText(byId("clerk-number"), someone ? clerk.number : "");
}
