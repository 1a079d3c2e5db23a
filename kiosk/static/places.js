/** Hours, windows and waiting places in words. */

import { listText, phrase, pick, t } from "/static/web/js/words.js";
import { h } from "/static/web/js/dom.js";

/** "08:00–12:00, 14:30–17:30" */
export function hoursText(hours) {
  return listText(hours.map((range) => range.replace("-", "–")));
}

/** "windows 2, 3", "window 6"; empty when there are none. */
export function windowsText(windows) {
  if (windows.length === 1) return t("window {n}", { n: windows[0] });
  return windows.length ? t("windows {list}", { list: listText(windows) }) : "";
}

/** The number of a window, or of a few, as large figures. */
export function windowsPhrase(windows) {
  return phrase("No. {list}", { list: h("b", {}, listText(windows)) });
}

/** Where to wait for a call: "Please wait at Area B". */
export function waitAt(service) {
  const place = pick(service, "place");
  return place ? t("Please wait at {place}", { place }) : t("Please wait in the hall");
}
