/** The day's votes: five levels, and apart from them those who gave none. */

import { byId, fill, h, setText } from "/static/web/js/dom.js";
import { msg, t } from "/static/web/js/words.js";
import { bar } from "./bars.js";

const LEVELS = [
  [5, msg("Very satisfied")],
  [4, msg("Satisfied")],
  [3, msg("Fairly satisfied")],
  [2, msg("Dissatisfied")],
  [1, msg("Very dissatisfied")],
];

export function showVotes(total) {
  const { votes, finished } = total;
  byId("votes-excluded").hidden = votes.excluded === 0;
  setText(byId("votes-excluded"), t("Excluded after review: {excluded}", { excluded: votes.excluded }));
  const most = Math.max(votes.unrated, ...Object.values(votes.levels));
  const levels = LEVELS.map(([level, word]) => row(t(word), votes.levels[level], most));
  fill(byId("votes"), levels, row(t("Not rated"), votes.unrated, most, "bar-hatched"));
  const counts = { done: finished, rated: votes.voted, open: votes.open };
  const note = votes.open ? "{done} done, {rated} rated, {open} being asked" : "{done} done, {rated} rated";
  setText(byId("votes-note"), t(note, counts));
}

function row(word, count, most, kind) {
  return h("tr", {},
    h("th.bar-name", { scope: "row" }, word),
    h("td.bar-cell", {}, bar(count, most, kind)),
    h("td.figures", {}, h("b", {}, count)));
}
