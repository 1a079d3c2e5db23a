/** 值班: a week of rosters, each day a card. */

import { send } from "/static/web/js/api.js";
import { byId, h, icon, setText } from "/static/web/js/dom.js";
import { fullDay } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { createDutyForm, picture } from "./duty-form.js";
import { createFormDialog } from "./form-dialog.js";
import { createRedraw } from "./redraw.js";
import { dayAfter, dayOf, instantOf, mondayOf } from "./wall-time.js";

const DAYS = [0, 1, 2, 3, 4, 5, 6];

/** `tools` as in duty-form.js, with now(). Returns {show(rosters), tick(), isOpen()}. */
export function createWeek(tools) {
  const redraw = createRedraw(byId("week"));
  const form = createDutyForm(tools);
  const date = byId("week-date");
  let rosters = {}; // {revision, duties} of each day that has one
  let monday = "";
  let copied = ""; // the day whose roster is copied

  const today = () => dayOf(tools.now(), tools.zone);
  const rosterOf = (day) => rosters[day] || { revision: 0, duties: [] };
  const noon = (day) => instantOf(`${day}T12:00`, tools.zone);
  const restOf = (day) => DAYS.map((ahead) => dayAfter(mondayOf(day), ahead)).filter((other) => other > day && other >= today());

  const copy = createFormDialog("copy", {
    read({ elements }, say) {
      const duties = form.known(rosterOf(copied).duties);
      const chosen = elements.to.value === "week" ? restOf(copied) : [elements.date.value].filter(Boolean);
      const days = chosen.map((day) => ({ day, seen: rosterOf(day).revision }));
      if (days.length) return { days, duties };
      say(t("Please choose a day"));
      elements.date.focus();
      return null;
    },
    async save({ days, duties }, key) {
      let last = { status: 0, body: null };
      for (const { day, seen } of days) {
        last = await send("PUT", `/api/v1/roster/${day}`, { duties, seen }, `${key}-${day}`);
        if (last.status !== 200) break;
      }
      return last;
    },
    done: () => tools.tell(t("The roster is copied")),
  });

  function openCopy(day) {
    copied = day;
    const rest = restOf(day);
    setText(byId("copy-whose"), fullDay(noon(day), tools.zone));
    byId("copy-rest").hidden = rest.length === 0;
    copy.form.reset();
    copy.form.elements.date.value = dayAfter(day, 1);
    copy.form.elements.date.min = today();
    drawTarget();
    copy.open();
  }

  function drawTarget() {
    byId("copy-date-field").hidden = copy.form.elements.to.value === "week";
  }

  function card({ day, duties, over, now }) {
    const leaders = duties.filter((duty) => duty.role !== "window");
    const windows = duties.filter((duty) => duty.role === "window");
    const title = fullDay(noon(day), tools.zone);
    const key = (verb) => ({ key: `${verb}-${day}` });
    return h(`li.day${now ? ".day-today" : ""}`, { data: { day } },
      h("div.day-head", {}, h("h3.day-title", {}, title), now && h("span.chip", {}, t("Today"))),
      leaders.map(leader),
      windows.length > 0 && h("ul.day-windows", {}, windows.map((duty) => h("li", {}, tools.windowText(duty.window), duty.name && h("span.row-part", {}, duty.name)))),
      duties.length === 0 && h("p.day-none.second", {}, over ? t("This day is over") : t("Nobody yet")),
      !over && h("div.day-buttons", {},
        h("button.button.small", { type: "button", data: key("edit"), "aria-label": t("Edit the roster of {day}", { day: title }), onclick: () => form.open(day, { at: noon(day), stands: rosterOf(day) }) }, icon("pencil", "icon-small"), h("span", {}, t("Edit"))),
        duties.length > 0 && h("button.button.small", { type: "button", data: key("copy"), "aria-label": t("Copy the roster of {day}", { day: title }), onclick: () => openCopy(day) }, t("Copy"))));
  }

  const leader = (duty) =>
    h("div.day-leader", {},
      h("span.photo", {}, picture(duty)),
      h("div.day-leader-words", {},
        h("p.second", {}, duty.role === "leader" ? t("Leader on duty") : t("Shift leader")),
        h("p.day-name", {}, duty.name),
        duty.post && h("p.second", {}, duty.post),
        duty.phone && h("p.second", {}, duty.phone)));

  function draw() {
    if (!monday) monday = mondayOf(today());
    const days = DAYS.map((ahead) => dayAfter(monday, ahead));
    const shown = days.map((day) => ({ day, duties: rosterOf(day).duties, over: day < today(), now: day === today() }));
    redraw(shown, () => shown.map(card));
    if (document.activeElement !== date) date.value = monday;
    const kept = shown.filter((one) => one.duties.length > 0).length;
    setText(byId("week-note"), t("{n} of 7 days have a roster", { n: kept }));
  }

  function goTo(day) {
    monday = mondayOf(day);
    draw();
  }

  byId("week-before").addEventListener("click", () => goTo(dayAfter(monday, -7)));
  byId("week-after").addEventListener("click", () => goTo(dayAfter(monday, 7)));
  date.addEventListener("change", () => date.value && goTo(date.value));
  date.addEventListener("blur", draw);
  copy.form.addEventListener("change", drawTarget);

  return {
    show(fresh) {
      rosters = fresh;
      form.meanwhile(rosters);
      draw();
    },
    tick: draw,
    isOpen: () => form.isOpen() || copy.isOpen(),
  };
}
