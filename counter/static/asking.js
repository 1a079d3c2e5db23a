/** The strip about the evaluation: that it is asked for, never how it turned out. */

import { byId, setText } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";

export function renderAsking({ evaluation, ticket }) {
  setText(byId("asking-main"), words(evaluation, ticket));
}

function words(evaluation, ticket) {
  if (evaluation && evaluation.open) return t("{number} is being asked to rate", { number: evaluation.number });
  if (ticket) return t("{number} is asked to rate once finished", { number: ticket.number });
  return t("Citizens are asked to rate once finished");
}
