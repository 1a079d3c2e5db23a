/** The staff has paused this kiosk: which other ones give numbers. */

import { byId, setText } from "/static/web/js/dom.js";
import { listText, pick, t } from "/static/web/js/words.js";

export function createPaused() {
  return {
    render({ others }) {
      const names = listText(others.map((one) => pick(one, "name")));
      setText(byId("paused-others"), names ? t("Please use {kiosks}", { kiosks: names }) : t("Please take a number at the service desk"));
    },
  };
}
