/** 交接班: what is left open, to whom, with a note; and the strip that stays until the successor has read it. */

import { get } from "/static/web/js/api.js";
import { byId, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { listText, t } from "/static/web/js/words.js";
import { createDialog } from "./dialog.js";
import { fillSelect, showText } from "./fields.js";

export function createHandOver(tools) {
  const anybody = () => ({ value: "", words: t("Whoever comes next") });

  /** Who is at the window is known at once; the rest is asked for. */
  async function look() {
    const { status, body } = await get(`/api/v1/windows/${tools.view().window.number}/hand-over`);
    if (status !== 200) return;
    const people = body.colleagues.map((one) => ({ value: one.username, words: [one.name, one.number].filter(Boolean).join(" ") }));
    fillSelect("hand_over-to", [["", [anybody(), ...people]]]);
    draw(body.ticket && body.ticket.number, body.held.map(numberOf), body.waiting.map(numberOf));
  }

  function draw(ticket, held, waiting) {
    const words = openWords({ ticket, held, waiting });
    setText(byId("hand_over-open"), words || t("Nothing is left open"));
    showText(byId("hand_over-stays"), ticket && t("The window stays open until a colleague signs in here, or {number} is finished", { number: ticket }));
  }

  return createDialog("hand_over", {
    action: "hand_over",
    tools,
    fill() {
      const { ticket } = tools.view();
      fillSelect("hand_over-to", [["", [anybody()]]]);
      draw(ticket && ticket.number, [], []);
      look();
    },
    read: ({ elements }) => ({ to: elements.to.value || undefined, note: elements.note.value.trim() }),
  });
}

export function renderHanded({ hand_over: left }, zone) {
  byId("handed").hidden = left === null;
  if (left === null) return;
  const words = { name: left.name, to: left.to, time: hourMinute(new Date(left.at), zone) };
  setText(byId("handed-main"), left.own ? ownWords(left, words) : t("Handed over by {name} at {time}", words));
  setText(byId("handed-note"), left.note);
  setText(byId("handed-open"), openWords(left));
  byId("handed-read").hidden = left.own;
}

function ownWords(left, words) {
  return left.to ? t("Handed over at {time}, waiting for {to}", words) : t("Handed over at {time}, waiting for whoever comes next", words);
}

function openWords({ ticket, held, waiting }) {
  const parts = [
    ticket && t("At the window: {numbers}", { numbers: ticket }),
    held.length > 0 && t("On hold: {numbers}", { numbers: listText(held) }),
    waiting.length > 0 && t("Sent here: {numbers}", { numbers: listText(waiting) }),
  ];
  return parts.filter(Boolean).join("  ");
}

function numberOf(one) {
  return one.number;
}
