/**
 * 评价 on the phone, for each service of the ticket: five equal faces and none chosen. The level is sent with the touch;
 * why comes after it and may be left out. How it was rated is never shown again.
 */

import { newKey, post } from "/static/web/js/api.js";
import { byId, fill, h, icon, island } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { inEnglish, msg, pick, t } from "/static/web/js/words.js";

const LEVELS = [[5, msg("Excellent")], [4, msg("Good")], [3, msg("Fair")], [2, msg("Poor")], [1, msg("Very poor")]];
const LONGEST = 200; // characters of one's own words

/** `onTold(ticket)`: the server's fresh answer after a vote. */
export function createBallot({ page, zone, onTold }) {
  const reasons = island("reasons");
  const asking = {}; // leg: its level, while the page asks why
  let answersNow = [];
  let drawn = "";
  let votesNow = [];

  /** `answers`: what the hall says to low ratings, each of which may be rated once more. */
  function draw(votes, answers) {
    votesNow = votes;
    answersNow = answers;
    byId("votes").hidden = votes.length + answers.length === 0;
    // Only when something changed: a poll must not take away what somebody is writing, or the focus.
    const wanted = JSON.stringify([votes.map(({ leg, state }) => [leg, state]), answers, asking]);
    if (wanted === drawn) return;
    drawn = wanted;
    fill(byId("votes"), answers.map(answerCard), votes.map((vote) => card(vote, votes.length > 1)));
  }

  function card(vote, several) {
    const titleId = `vote-title-${vote.leg}`;
    const body = asking[vote.leg] ? why(vote) : { open: faces, voted: thanks, over }[vote.state](vote, titleId);
    const name = t("Window {n}", { n: vote.window });
    return h("section.card.vote", { "aria-labelledby": titleId, data: { leg: vote.leg, state: vote.state } },
      h("h2.vote-title", { id: titleId, tabindex: "-1" }, titleOf(vote)),
      several || vote.state !== "voted" ? h("p.second", {}, `${pick(vote, "service")} ${name}`) : null,
      body, h("p.vote-trouble", { role: "alert" }));
  }

  function answerCard(answer) {
    const titleId = `answer-title-${answer.leg}`;
    const promptId = `answer-prompt-${answer.leg}`;
    const place = `${pick(answer, "service")} ${t("Window {n}", { n: answer.window })}`;
    const note = t("Voluntary, until {time}; your first rating stays too", { time: untilText(answer) });
    const prompt = { open: t("Please rate again, if you wish"), voted: t("Rated again, thank you"), over: null }[answer.state];
    return h("section.card.vote", { "aria-labelledby": titleId, data: { again: answer.leg, state: answer.state } },
      h("h2.vote-title", { id: titleId, tabindex: "-1" }, t("The hall's answer")),
      h("p.second", {}, place),
      h("p.vote-answer", {}, answer.words),
      prompt ? h("p.vote-prompt", { id: promptId }, prompt) : null,
      answer.state === "open" ? faces(answer, promptId, sendAgain, note) : null,
      h("p.vote-trouble", { role: "alert" }));
  }

  function titleOf(vote) {
    if (asking[vote.leg]) return t("What could be better? Optional");
    if (vote.state === "open") return t("Please rate this service");
    return vote.state === "voted" ? t("Rated already, thank you") : t("Rating is over");
  }

  function faces(vote, titleId, onFace = send, note = t("Voluntary, until {time}; the clerk cannot see single ratings", { time: untilText(vote) })) {
    const buttons = LEVELS.map(([level, word]) => h("button.choice.vote-face", {
      type: "button", data: { level }, onclick: (event) => onFace(vote, level, event.currentTarget),
    }, byId(`face-${level}`).firstElementChild.cloneNode(true), wordOf(t(word))));
    return [
      h("div.vote-faces", { role: "group", "aria-labelledby": titleId }, buttons),
      h("p.second.vote-until", {}, note),
    ];
  }

  function thanks() {
    return null;
  }

  function over(vote) {
    return h("p.vote-until", {}, t("It could be rated until {time}.", { time: untilText(vote) }));
  }

  function why(vote) {
    const level = asking[vote.leg];
    const boxes = reasons[level].map((reason) => h("button.choice.vote-reason", {
      type: "button", "aria-pressed": "false", data: { code: reason.code }, onclick: toggle,
    }, icon("check", "choice-check"), h("span", {}, pick(reason, "name"))));
    const words = h("textarea.vote-words", { maxlength: LONGEST, rows: 3, id: `vote-words-${vote.leg}` });
    const label = h("label.second", { for: `vote-words-${vote.leg}` }, t("In your own words (at most {n} characters)", { n: LONGEST }));
    return h("div", {}, h("div.vote-reasons", {}, boxes), label, words, h("div.vote-actions", {},
      h("button.button.button-primary", { type: "button", onclick: (event) => explain(vote, boxes, words, event.currentTarget) }, t("Send")),
      h("button.button", { type: "button", onclick: () => finish(vote.leg) }, t("Skip"))));
  }

  async function send(vote, level, button) {
    const told = await sent(button, "votes", { leg: vote.leg, level });
    if (!told) return;
    if (reasons[level]) asking[vote.leg] = level;
    onTold(told);
    focus(vote.leg);
  }

  async function sendAgain(answer, level, button) {
    const told = await sent(button, "votes-again", { leg: answer.leg, level });
    if (!told) return;
    onTold(told);
    byId(`answer-title-${answer.leg}`).focus();
  }

  async function explain(vote, boxes, words, button) {
    const codes = boxes.filter((box) => box.getAttribute("aria-pressed") === "true").map((box) => box.dataset.code);
    const told = await sent(button, "reasons", { leg: vote.leg, reasons: codes, words: words.value });
    if (!told) return;
    delete asking[vote.leg];
    onTold(told);
    focus(vote.leg);
  }

  function finish(leg) {
    delete asking[leg];
    draw(votesNow, answersNow);
    focus(leg);
  }

  /** The answer, or null when it was refused, which is then said beside the button. */
  async function sent(button, path, body) {
    const place = button.closest(".vote");
    if (place.getAttribute("aria-busy") === "true") return null;
    place.setAttribute("aria-busy", "true");
    button.setAttribute("aria-busy", "true");
    const { status, body: told } = await post(`${page}/${path}`, body, newKey());
    place.removeAttribute("aria-busy");
    button.removeAttribute("aria-busy");
    if (status === 200) return told;
    fill(place.querySelector(".vote-trouble"), told.error.message);
    return null;
  }

  function untilText({ until }) {
    // Until midnight is until 24:00 of the day before.
    const last = new Date(new Date(until).getTime() - 60000);
    const day = new Intl.DateTimeFormat(inEnglish ? "en" : "zh-CN", { timeZone: zone, month: "long", day: "numeric" }).format(last);
    return `${day} ${hourMinute(last, zone)}`;
  }

  return { draw };
}

/** A Chinese word of four or five characters breaks after its second: its two halves are words. */
function wordOf(word) {
  if (inEnglish || word.length <= 3) return h("span", {}, word);
  return h("span", {}, h("span.vote-half", {}, word.slice(0, 2)), h("span.vote-half", {}, word.slice(2)));
}

function focus(leg) {
  byId(`vote-title-${leg}`).focus();
}

function toggle({ currentTarget }) {
  currentTarget.setAttribute("aria-pressed", String(currentTarget.getAttribute("aria-pressed") !== "true"));
}
