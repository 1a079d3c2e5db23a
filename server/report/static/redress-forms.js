/** What a leader may do about a case now, each a form of its own. What was typed stays until it is done. */

import { newKey } from "/static/web/js/api.js";
import { fill, h, icon } from "/static/web/js/dom.js";
import { msg, t } from "/static/web/js/words.js";
import { GROUNDS } from "./redress-words.js";

const FORMS = {
  verify: { label: msg("What was found"), send: msg("Verified"), choices: [[true, msg("The complaint is founded")], [false, msg("It is unfounded")]] },
  rectify: { label: msg("What was put right"), send: msg("Put right") },
  answer: { label: msg("Answer to the citizen, shown on the page of their ticket"), send: msg("Answer given") },
  review: { label: msg("Result of the review"), send: msg("Reviewed"), choices: [[true, msg("Settled: close it")], [false, msg("Not settled: back to putting right")]] },
  calls: {
    label: msg("What was said"),
    send: msg("Record the call"),
    choices: [["yes", msg("Reached, content")], ["no", msg("Reached, not content")], ["silent", msg("Reached, would not say")], ["none", msg("Not reached")]],
  },
  appeal: { label: msg("Why it should not count"), send: msg("Appeal"), choices: Object.entries(GROUNDS) },
  "appeal/decision": { label: msg("Reason of the decision"), send: msg("Decide"), choices: [[true, msg("Grant: the vote is excluded")], [false, msg("Refuse: the vote counts")]] },
};

const CALLED = { yes: { reached: true, content: true }, no: { reached: true, content: false }, silent: { reached: true, content: null }, none: { reached: false } };

/** `of(one)`: the forms for what may be done with it now; `isWriting()`: whether something typed would be lost. */
export function createForms(names, act) {
  const drafts = new Map(); // "case path" -> what was typed

  function of(one) {
    const appeal = one.next && one.appeal && one.appeal.granted === null;
    return h("div.case-forms", {},
      one.next ? form(one, one.next) : null,
      appeal ? decision(one) : null,
      one.excluded ? null : folded(t("Record a call"), form(one, "calls")),
      one.next && !one.appeal ? folded(t("Appeal for the clerk"), [h("p.second", {}, t("Another leader decides it; until then the case cannot be closed.")), form(one, "appeal")]) : null);
  }

  function decision(one) {
    if (one.appeal.staff !== names.reader) return form(one, "appeal/decision");
    return h("p.second", {}, t("You appealed; somebody else decides."));
  }

  function form(one, path) {
    const { label, send, choices = [] } = FORMS[path];
    const name = `${path.replace("/", "-")}-form`;
    const draft = `${one.case} ${path}`;
    const key = newKey(); // one for this form: pressing twice does it once
    const words = h("textarea.case-words", { id: `${name}-words`, rows: 2, maxlength: names.most, required: true, oninput: () => drafts.set(draft, words.value) });
    words.value = drafts.get(draft) || "";
    const called = path === "calls" ? h("input.case-input", { type: "datetime-local", id: `${name}-at` }) : null;
    const button = h(`button.button${path === one.next ? ".button-primary" : ""}`, { type: "submit" }, t(send));
    const options = choices.map(([value, word]) => h("label.case-option", {}, h("input", { type: "radio", name, value: String(value), required: true }), t(word)));

    async function submit(event) {
      event.preventDefault();
      if (button.getAttribute("aria-busy") === "true") return;
      button.setAttribute("aria-busy", "true");
      const chosen = choices.length ? event.target.elements[name].value : null;
      await act(one, path, { words: words.value, ...answerOf(path, chosen, called) }, key, () => drafts.delete(draft));
      button.removeAttribute("aria-busy");
    }

    const element = h("form.case-form", { "aria-label": t(send), onsubmit: submit });
    return fill(element,
      options.length ? h("fieldset.case-options", {}, h("legend.visually-hidden", {}, t(send)), options) : null,
      called ? [h("label", { for: called.id }, t("When (empty: now)")), called] : null,
      h("label", { for: words.id }, t(label)), words, button);
  }

  return { of, isWriting: () => Array.from(drafts.values()).some((words) => words.trim() !== "") };
}

function folded(title, inside) {
  return h("details.case-more", {}, h("summary.case-summary", {}, title, icon("chevron-down", "icon-small")), inside);
}

function answerOf(path, chosen, called) {
  if (path === "calls") return { ...CALLED[chosen], called_at: called.value || null };
  if (path === "appeal") return { ground: chosen };
  if (path === "appeal/decision") return { granted: chosen === "true" };
  return chosen === null ? {} : { verdict: chosen === "true" };
}
