/**
 * The quiet strip about devices that a clerk can mend: the worst of them, where it is, and the way to the device board.
 * It goes by itself; put aside, it stays away for ten minutes from this clerk, unless something else comes up.
 */

import { placesText, problemText } from "/static/web/js/device-words.js";
import { byId, setText } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";

const ASIDE = 10 * 60 * 1000; // ms

/** `username`: whose desk it is; colleagues at the same computer put nothing aside for each other. */
export function createDeviceAlerts(username) {
  const name = `jiaohao.counter.aside.${username}`;
  let shown = [];

  byId("device-later").addEventListener("click", () => {
    const until = Date.now() + ASIDE;
    save(name, { ...aside(name), ...Object.fromEntries(shown.map((alert) => [alert.id, until])) });
    byId("devices").hidden = true;
  });

  return {
    /** `alerts`: worst first. */
    render(alerts) {
      const until = aside(name);
      shown = alerts.filter((alert) => !(until[alert.id] > Date.now()));
      byId("devices").hidden = shown.length === 0;
      if (shown.length === 0) return;
      const [first] = shown;
      byId("devices").classList.toggle("device-stops", first.stops);
      setText(byId("device-place"), placesText(first.places));
      setText(byId("device-what"), problemText(first.what));
      setText(byId("device-more"), shown.length > 1 ? t("{count} more", { count: shown.length - 1 }) : "");
    },
  };
}

function aside(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) || {};
  } catch (error) {
    return {};
  }
}

/** What has run out is forgotten with the next that is put aside. */
function save(name, until) {
  const kept = Object.entries(until).filter(([, time]) => time > Date.now());
  localStorage.setItem(name, JSON.stringify(Object.fromEntries(kept)));
}
