/** Why nobody serves at a window, until when, and where else to go. */

import { hallNow } from "/static/web/js/clock.js";
import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { hourMinute, whenFrom } from "/static/web/js/times.js";
import { english, listText, msg, pick, phrase, t } from "/static/web/js/words.js";

import { arch } from "./shapes.js";

const MINUTE = 60000;

/** `view`: of a window that is paused or closed. */
export function showAway(view, zone) {
  const paused = view.state === "paused";
  byId("away-pause").hidden = !paused;
  byId("away-closed").hidden = paused;
  setText(byId("away-title"), paused ? t("Service paused") : t("Not open"));
  setText(byId("away-second"), paused ? english("Temporarily closed") : english("Not open"));
  const facts = paused ? pauseFacts(view.pause, zone) : openingFacts(view.opening, zone);
  fill(byId("away-facts"), facts.map(([name, value]) => h("div.away-fact", {}, h("dt", {}, name), h("dd", {}, value))));
  showElsewhere(view, paused);
}

function pauseFacts({ reason, until }, zone) {
  const facts = [[t("Reason"), reason]];
  if (!until) return facts;
  const now = hallNow();
  const back = new Date(until);
  if (back <= now) return [...facts, [t("Expected back"), t("Back soon")]];
  const minutes = Math.ceil((back - now) / MINUTE);
  const left = minutes === 1 ? t("{n} minute", { n: minutes }) : t("{n} minutes", { n: minutes });
  return [...facts, [t("Expected back"), whenFrom(now, back, zone)], [t("Still"), left]];
}

function openingFacts({ at, spans }, zone) {
  const hours = spans.map(({ start, end }) => `${start}–${end}`);
  const facts = hours.length > 0 ? [[t("Opening hours"), listText(hours)]] : [];
  return at ? [[t("Opens"), whenFrom(hallNow(), new Date(at), zone)], ...facts] : facts;
}

function showElsewhere({ elsewhere }, paused) {
  const place = byId("away-elsewhere");
  place.hidden = elsewhere.windows.length === 0;
  const windows = elsewhere.windows.map((window) => [
    arch(window.number),
    !elsewhere.whole && h("span.away-services", {}, pick(window, "name")),
  ]);
  const words = elsewhere.whole ? msg("In a hurry? Go to window {windows}") : msg("Some of it at window {windows}");
  fill(
    place,
    icon("arrow", "away-arrow"),
    h("p.away-go", {}, phrase(words, { windows: h("span.away-windows", {}, windows) })),
    paused && elsewhere.whole && h("p.away-valid", {}, t("Numbers stay valid and are called when it reopens")),
  );
}
