/** Numbers taken and services finished by half hours, as bars from zero and as a table. */

import { hallNow } from "/static/web/js/clock.js";
import { byId, fill, h } from "/static/web/js/dom.js";
import { hourMinute } from "/static/web/js/times.js";
import { t } from "/static/web/js/words.js";
import { init } from "/static/web/vendor/echarts.js";

const LENGTH = 30; // minutes
const MINUTE = 60000; // ms

/** `show(halfHours)`: [{start, issued, finished}]; `tick(now)` moves the mark of the present. */
export function createHalfHours(zone) {
  const element = byId("chart");
  let chart = null;
  let shown = [];
  let marked = null;

  function mark(now) {
    const minute = Math.floor((now - Date.parse(shown[0].start)) / MINUTE);
    if (minute === marked) return;
    marked = minute;
    const inside = minute >= 0 && minute <= shown.length * LENGTH;
    chart.setOption({ series: [{ id: "issued", markLine: nowLine(inside ? minute : null) }] });
  }

  return {
    show(halfHours) {
      if (JSON.stringify(halfHours) === JSON.stringify(shown)) return;
      shown = halfHours;
      const some = shown.length > 0;
      for (const id of ["chart", "twin"]) byId(id).hidden = !some;
      byId("chart-empty").hidden = some;
      if (!some) return;
      if (!chart) chart = openChart(element);
      chart.setOption(options(shown, zone));
      marked = null;
      mark(hallNow());
      element.setAttribute("aria-label", summary(shown));
      fill(byId("half-hours"), shown.map((slot) => row(slot, zone)));
    },
    tick(now) {
      if (shown.length > 0) mark(now);
    },
  };
}

function openChart(element) {
  const chart = init(element, null, { renderer: "svg" });
  new ResizeObserver(() => chart.resize()).observe(element);
  return chart;
}

function summary(halfHours) {
  const total = (key) => halfHours.reduce((sum, slot) => sum + slot[key], 0);
  return t("Bars by half hours: {taken} taken, {done} done in all. The table below says the same.", {
    taken: total("issued"),
    done: total("finished"),
  });
}

function row(slot, zone) {
  return h("tr", {},
    h("th", { scope: "row" }, hourMinute(new Date(slot.start), zone)),
    h("td.figures", {}, slot.issued),
    h("td.figures", {}, slot.finished));
}

/** The tokens' colours: a chart cannot read them from the style sheet by itself. */
function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function options(halfHours, zone) {
  const first = Date.parse(halfHours[0].start);
  const text = { color: color("ink-2"), fontFamily: color("sans"), fontSize: 14 };
  return {
    animation: false,
    // Reader and printer alike tell the series apart by pattern; the element's own label describes the chart.
    aria: { enabled: true, label: { enabled: false }, decal: { show: true, decals: [{ symbol: "none" }, STRIPES] } },
    textStyle: text,
    grid: { left: 4, right: 12, top: 28, bottom: 4, containLabel: true },
    xAxis: {
      type: "value",
      min: 0,
      max: halfHours.length * LENGTH,
      interval: 2 * LENGTH,
      axisLabel: { ...text, showMinLabel: true, formatter: (minute) => hourMinute(new Date(first + minute * MINUTE), zone) },
      axisLine: { lineStyle: { color: color("control") } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: "value",
      min: 0,
      minInterval: 1,
      axisLabel: text,
      splitLine: { lineStyle: { color: color("line-2") } },
    },
    series: [
      series("issued", halfHours, color("blue")),
      series("finished", halfHours, color("jade")),
    ],
  };
}

const STRIPES = {
  symbol: "rect",
  dashArrayX: [1, 0],
  dashArrayY: [3, 4],
  rotation: -Math.PI / 4,
  color: "rgba(255, 255, 255, 0.85)",
};

function series(key, halfHours, fillColor) {
  return {
    id: key,
    type: "bar",
    barWidth: "38%",
    barGap: "8%",
    itemStyle: { color: fillColor, borderColor: fillColor, borderWidth: 1, borderRadius: [2, 2, 0, 0] },
    // Nothing is drawn for nought: its border would show as a line.
    data: halfHours.map((slot, place) => [(place + 0.5) * LENGTH, slot[key] || null]),
  };
}

/** The mark of the present, `minute` minutes from the left edge; none when that is null. */
function nowLine(minute) {
  const red = color("red");
  return {
    silent: true,
    symbol: "none",
    animation: false,
    lineStyle: { color: red, type: "solid", width: 1.5 },
    label: { formatter: t("Now"), color: red, fontWeight: "bold", fontSize: 14, fontFamily: color("sans") },
    data: minute === null ? [] : [{ xAxis: minute }],
  };
}
