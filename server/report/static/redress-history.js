/** All that happened in a case, in the order of its times: steps, calls, the appeal, the second vote. */

import { hallNow } from "/static/web/js/clock.js";
import { h } from "/static/web/js/dom.js";
import { whenFrom } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { GROUNDS, LEVELS, STEPS } from "./redress-words.js";

export function history(one, names) {
  const when = (iso) => whenFrom(hallNow(), new Date(iso), names.zone);
  const entries = [
    ...one.steps.map((taken) => ({ at: taken.at, who: taken.name, what: stepText(taken), words: taken.words })),
    ...one.calls.map((call) => ({ at: call.at, who: call.name, what: callText(call, when), words: call.words })),
    ...appealed(one.appeal),
  ];
  if (one.again) entries.push({ at: one.again.at, who: t("Citizen"), what: t("Rated again: {level}", { level: t(LEVELS[one.again.level]) }), words: "" });
  entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const items = entries.map((entry) => h("li.case-entry", {},
    h("p", {}, h("b", {}, entry.what), h("span.second", {}, `  ${when(entry.at)}  ${entry.who}`)),
    entry.words ? h("p", {}, entry.words) : null));
  return h("div.case-history", {}, h("h3", {}, t("What was done")), items.length ? h("ol", {}, items) : h("p.second", {}, t("Nothing yet")));
}

function stepText({ step, verdict }) {
  const name = t(STEPS[step].name);
  if (verdict === null) return name;
  const found = verdict ? t("founded") : t("unfounded");
  const reviewed = verdict ? t("settled, closed") : t("not settled, put right again");
  return t("{step}: {verdict}", { step: name, verdict: step === "verify" ? found : reviewed });
}

function callText({ reached, content, called_at: calledAt }, when) {
  const time = when(calledAt);
  if (!reached) return t("Call at {time}: not reached", { time });
  if (content === null) return t("Call at {time}: would not say", { time });
  return content ? t("Call at {time}: content", { time }) : t("Call at {time}: not content", { time });
}

function appealed(appeal) {
  if (!appeal) return [];
  const made = { at: appeal.at, who: appeal.name, what: t("Appeal: {ground}", { ground: t(GROUNDS[appeal.ground]) }), words: appeal.words };
  if (appeal.granted === null) return [made];
  const what = appeal.granted ? t("Appeal granted: excluded") : t("Appeal refused");
  return [made, { at: appeal.decided_at, who: appeal.decided_by_name, what, words: appeal.decision }];
}
