/** Which of the page's screens is seen. */

import { byId } from "/static/web/js/dom.js";

const HEADINGS = {
  home: "home-title",
  closed: "closed-title",
  priority: "priority-title",
  doubt: "doubt-title",
  checkin: "checkin-title",
  lookup: "lookup-title",
  guides: "guides-title",
  guide: "guide-title",
  paused: "paused-title",
  pin: "pin-title",
  staff: "staff-title",
  done: "result-title",
  nopaper: "result-title",
  back: "result-title",
};
const SCREENS = Object.keys(HEADINGS);
const RESULTS = ["done", "nopaper", "back"];
const WITHOUT_TOOLS = [...RESULTS, "pin", "staff"];

/** `onShow()` is told whenever another screen is seen. */
export function createScreens({ onShow }) {
  const kiosk = byId("kiosk");
  return {
    /** Show one screen; showing it again changes nothing. */
    show(name) {
      if (kiosk.dataset.screen === name) return;
      kiosk.dataset.screen = name;
      for (const screen of SCREENS) byId(`screen-${screen}`).hidden = screen !== name;
      const isResult = RESULTS.includes(name);
      byId("hero-result").hidden = !isResult;
      byId("hero-facts").hidden = isResult;
      byId("tools").hidden = WITHOUT_TOOLS.includes(name);
      byId(HEADINGS[name]).focus();
      onShow();
    },
  };
}
