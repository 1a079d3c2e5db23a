/** 通知: what runs over the screens, from when to when and where. */

import { newKey, post, send } from "/static/web/js/api.js";
import { byId, h, icon, setText } from "/static/web/js/dom.js";
import { whenFrom } from "/static/web/js/times.js";
import { msg, t } from "/static/web/js/words.js";
import { createFormDialog } from "./form-dialog.js";
import { createRedraw } from "./redraw.js";
import { createSecondPress } from "./second-press.js";
import { instantOf, wallOf } from "./wall-time.js";

const STATES = {
  showing: { words: msg("On the screens"), chip: ".chip-jade", sign: "check" },
  coming: { words: msg("Not yet"), chip: "", sign: "clock" },
  ended: { words: msg("Over"), chip: ".chip-plain", sign: "cross" },
};
const ORDER = ["showing", "coming", "ended"];

/** `tools` are {zone, fixed, zones, now(), tell(words), failed(answer)}. Returns {show(notices), tick()}. */
export function createNotices(tools) {
  const redraw = createRedraw(byId("notices"));
  let notices = [];
  let changed = null; // the notice in the form, null for a new one

  const dialog = createFormDialog("notice", {
    read(form, say) {
      const { text, starts, ends } = form.elements;
      if (!text.value.trim()) {
        say(t("Please write the notice"));
        text.focus();
        return null;
      }
      const at = (field) => (field.value ? instantOf(field.value, tools.zone).toISOString() : null);
      return { text: text.value, starts: at(starts), ends: at(ends), zones: tools.zones.read(form) };
    },
    save: (details, key) =>
      changed ? send("PUT", `/api/v1/notices/${changed.id}`, details, key) : post("/api/v1/notices", details, key),
    near: { already_over: "ends", bad_span: "ends" },
    done: () => tools.tell(changed ? t("The notice is changed") : t("The notice is posted")),
  });

  function open(notice) {
    changed = notice;
    const { text, starts, ends } = dialog.form.elements;
    setText(byId("notice-title"), notice ? t("Change the notice") : t("New notice"));
    setText(byId("notice-yes"), notice ? t("Save") : t("Publish"));
    text.value = notice ? notice.text : "";
    const wall = (at) => (at ? wallOf(new Date(at), tools.zone) : "");
    starts.value = wall(notice && notice.starts);
    ends.value = wall(notice && notice.ends);
    tools.zones.offer("notice", notice ? notice.zones : []);
    dialog.open();
    text.focus();
  }

  function stateOf({ starts, ends }) {
    const now = tools.now();
    if (ends && new Date(ends) <= now) return "ended";
    return starts && now < new Date(starts) ? "coming" : "showing";
  }

  function span({ starts, ends }) {
    const when = (at) => whenFrom(tools.now(), new Date(at), tools.zone);
    if (starts && ends) return t("{from} to {to}", { from: when(starts), to: when(ends) });
    if (starts) return t("from {from}", { from: when(starts) });
    return ends ? t("until {to}", { to: when(ends) }) : t("until it is withdrawn");
  }

  function row({ notice, state, when }) {
    const { words, chip, sign } = STATES[state];
    return h(`li.row.notice-${state}`, { data: { notice: notice.id } },
      h("div.row-words", {},
        h("p.row-main", {}, notice.text),
        h("p.second", {}, when, h("span.row-part", {}, tools.zones.text(notice.zones)))),
      h(`span.chip${chip}`, {}, icon(sign, "icon-small"), h("span", {}, t(words))),
      h("div.row-buttons", {},
        h("button.button.small", { type: "button", data: { key: `change-${notice.id}` }, "aria-label": t("Change: {text}", notice), onclick: () => open(notice) }, t("Change")),
        withdrawal(notice)));
  }

  function withdrawal(notice) {
    const words = h("span");
    const button = h("button.button.button-danger.small", { type: "button", data: { key: `withdraw-${notice.id}` } }, words);
    const second = createSecondPress(button, words, { plain: () => t("Withdraw"), again: () => t("Press again") });
    const key = newKey();
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy") || !second.pressed()) return;
      button.setAttribute("aria-busy", "true");
      const answer = await send("DELETE", `/api/v1/notices/${notice.id}`, null, key);
      button.removeAttribute("aria-busy");
      if (answer.status === 204) tools.tell(t("The notice is withdrawn"));
      else tools.failed(answer);
    });
    return button;
  }

  function fixedRow({ name, text }) {
    return h("li.row", {},
      h("div.row-words", {}, h("p.row-main", {}, text), h("p.second", {}, t("{screen}, always", { screen: name }))),
      h("span.chip.chip-plain", {}, t("In the configuration")));
  }

  function draw() {
    const rows = notices.map((notice) => ({ notice, state: stateOf(notice), when: span(notice) }));
    rows.sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
    const nobody = () => h("li.empty", {}, t("No notice is posted. New ones run over the screens at once"));
    redraw([rows, tools.fixed], () => [rows.length ? rows.map(row) : nobody(), tools.fixed.map(fixedRow)]);
    const showing = rows.filter((one) => one.state === "showing").length + tools.fixed.length;
    setText(byId("notices-note"), t("{n} on the screens", { n: showing }));
  }

  byId("notice-new").addEventListener("click", () => open(null));
  return {
    show(fresh) {
      notices = fresh;
      draw();
    },
    tick: draw,
    isOpen: dialog.isOpen,
  };
}
