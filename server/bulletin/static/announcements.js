/** 广播: what the hall is told now. An emergency wants a second press. */

import { newKey, post } from "/static/web/js/api.js";
import { byId, h, icon, setText } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { createRedraw } from "./redraw.js";
import { createSecondPress } from "./second-press.js";

/** `tools` are {zone, zones, now(), tell(words), failed(answer)}. Returns {show(announcements), tick(), isOpen()}. */
export function createAnnouncements(tools) {
  const form = byId("announce-form");
  const yes = byId("announce-yes");
  const text = byId("announce-text");
  const choice = document.getElementById("announce-choice"); // none without a list in the configuration
  const redrawRunning = createRedraw(byId("running"));
  const redrawEarlier = createRedraw(byId("earlier-list"));
  const second = createSecondPress(yes, byId("announce-yes-words"), {
    plain: () => (isEmergency() ? t("Announce the emergency") : t("Announce")),
    again: () => t("Press again: it interrupts every call"),
  });
  let announcements = [];
  let key = newKey();

  function isEmergency() {
    return form.elements.kind.value === "emergency";
  }

  function say(words) {
    setText(byId("announce-strip"), words);
    byId("announce-strip").hidden = !words;
  }

  async function announce() {
    const { kind, times, minutes } = form.elements;
    const details = { kind: kind.value, text: text.value, zones: tools.zones.read(form), times: Number(times.value), minutes: Number(minutes.value) };
    yes.setAttribute("aria-busy", "true");
    const { status, body } = await post("/api/v1/announcements", details, key);
    yes.removeAttribute("aria-busy");
    if (status === 401 || status === 403) location.reload();
    if (status === 0) {
      say(t("No answer from the server"));
      return;
    }
    key = newKey();
    if (status >= 400) {
      say(body.error.message);
      return;
    }
    form.reset();
    second.reset();
    tools.zones.offer("announce");
    tools.tell(t("It is being announced"));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (yes.getAttribute("aria-busy")) return;
    say("");
    if (!text.value.trim()) {
      second.reset();
      say(t("Please write the announcement, or choose one"));
      text.focus();
    } else if (!isEmergency() || second.pressed()) {
      announce();
    }
  });
  form.addEventListener("change", (event) => {
    if (event.target === choice) text.value = choice.value;
    second.reset();
    key = newKey();
  });
  text.addEventListener("input", () => {
    if (choice) choice.value = "";
    second.reset();
    key = newKey();
  });

  function chip({ kind }) {
    return kind === "emergency"
      ? h("span.chip.chip-red", {}, icon("warning", "icon-small"), h("span", {}, t("Emergency")))
      : h("span.chip", {}, icon("speaker", "icon-small"), h("span", {}, t("General")));
  }

  function row(made) {
    const time = (at) => hourMinute(new Date(at), tools.zone);
    return h("li.row", { data: { announcement: made.id } },
      chip(made),
      h("div.row-words", {},
        h("p.row-main", {}, made.text),
        h("p.second", {}, t("{from} to {to}", { from: time(made.at), to: time(made.ends) }), h("span.row-part", {}, t("spoken {n} times", { n: made.times })), h("span.row-part", {}, tools.zones.text(made.zones)))));
  }

  function runningRow(made) {
    const element = row(made);
    const pressed = newKey();
    const button = h("button.button.button-danger.small", {
      type: "button",
      data: { key: `end-${made.id}` },
      "aria-label": t("End: {text}", made),
      onclick: async () => {
        if (button.getAttribute("aria-busy")) return;
        button.setAttribute("aria-busy", "true");
        const answer = await post(`/api/v1/announcements/${made.id}/end`, {}, pressed);
        button.removeAttribute("aria-busy");
        if (answer.status === 200) tools.tell(t("The announcement is ended"));
        else tools.failed(answer);
      },
    }, t("End"));
    element.append(button);
    return element;
  }

  function draw() {
    const now = tools.now();
    const newest = [...announcements].reverse();
    const running = newest.filter((made) => now < new Date(made.ends));
    const earlier = newest.filter((made) => now >= new Date(made.ends));
    redrawRunning(running, () => running.map(runningRow));
    redrawEarlier(earlier, () => earlier.map(row));
    byId("earlier").hidden = earlier.length === 0;
    setText(byId("announce-note"), running.length ? t("{n} running", { n: running.length }) : t("Nothing is being announced"));
  }

  tools.zones.offer("announce");
  return {
    show(fresh) {
      announcements = fresh;
      draw();
    },
    tick: draw,
    /** Somebody is writing one. */
    isOpen: () => text.value !== "",
  };
}
