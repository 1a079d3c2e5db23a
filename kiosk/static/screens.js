/** Which of the page's screens is seen. */

import { byId } from "/static/web/js/dom.js";

const SCREENS = ["home", "closed", "done", "nopaper"];
const RESULTS = ["done", "nopaper"];
const HEADINGS = { home: "home-title", closed: "closed-title", done: "result-title", nopaper: "result-title" };

export function createScreens() {
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
      byId("tools").hidden = isResult;
      byId(HEADINGS[name]).focus();
    },
  };
}
