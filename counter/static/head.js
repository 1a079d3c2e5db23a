/** The top of the desk: window, line, pad, clerk's menu, pause; and the title of the browser's tab. */

import { byId, setText } from "/static/web/js/dom.js";
import { listText, msg, pick, t } from "/static/web/js/words.js";
import { moveByArrows } from "./arrows.js";
import { reasonText } from "./reasons.js";

const LINK = { connecting: msg("Connecting"), online: msg("Connected"), offline: msg("Offline") };
const PAD = {
  ready: { words: msg("Pad ready"), link: "online" },
  settling: { words: msg("Pad is starting"), link: "connecting" },
  offline: { words: msg("Pad not connected"), link: "offline" },
};

/** `onPause()`, `onReopen()`, `onLeave()`, `onSignOut()`, `onHelp()` and `onHandOver()` hear of presses that may be made. */
export function createHead({ onPause, onReopen, onLeave, onSignOut, onHelp, onHandOver }) {
  const menu = byId("menu");
  const press = (id, act) => {
    byId(id).addEventListener("click", () => {
      if (byId(id).getAttribute("aria-disabled")) return;
      menu.open = false;
      act();
    });
  };
  press("pause", onPause);
  press("pause-again", onPause);
  press("reopen", onReopen);
  press("leave", onLeave);
  press("sign-out", onSignOut);
  press("hand-over", onHandOver);
  press("help", onHelp);
  moveByArrows(menu, "summary, .menu-item");
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  function drawMenu(view, able) {
    const why = view.actions.refused.leave || null;
    for (const id of ["leave", "sign-out"]) lock(byId(id), !able || why !== null);
    lock(byId("hand-over"), !able);
    byId("leave-why").hidden = why === null;
    if (why) setText(byId("leave-why"), reasonText(why, view));
  }

  return {
    openMenu() {
      menu.open = true;
      menu.querySelector("summary").focus();
    },
    link(state) {
      byId("link").dataset.state = state;
      setText(byId("link"), t(LINK[state]));
    },
    /** `arrived`: whether the title says that somebody has come. */
    render(view, able, arrived) {
      const { window, waiting, pad } = view;
      const names = window.services.map((one) => pick(one, "name"));
      setText(byId("services"), names.length > 3 ? pick(window, "name") : listText(names));
      byId("pad").hidden = pad === null;
      if (pad) {
        const { words, link } = PAD[pad.state];
        byId("pad").dataset.state = link;
        setText(byId("pad"), t(words));
      }
      const paused = window.state === "paused";
      byId("pause").hidden = paused;
      byId("reopen").hidden = !paused;
      for (const id of ["pause", "pause-again", "reopen"]) lock(byId(id), !able);
      drawMenu(view, able);
      const place = t("Window {number}", { number: window.number });
      const [first] = waiting.line;
      const words = arrived && first ? t("{number} has come", { number: first.number }) : "";
      const come = words && `\u25cf ${words}  `;
      document.title = `${come}${waiting.total ? `(${waiting.total}) ` : ""}${place} – ${pick(view.hall, "name")}`;
    },
  };
}

function lock(button, locked) {
  if (locked) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}
