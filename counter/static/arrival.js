/**
 * The first citizen at an open window that is idle: marked on the page and in the title of its tab, told by a soft sound,
 * and by a notification while nobody looks at the desk. Every tab of a desk shows it; one of them sounds.
 */

import { newNonce } from "/static/web/js/feed.js";
import { byId } from "/static/web/js/dom.js";
import { pick, t } from "/static/web/js/words.js";
import { createSound } from "./sound.js";
import { createSwitch } from "./switch.js";

const SHOWN = 8000; // ms, from when somebody looks
const GATHER = 250; // ms in which the tabs of a desk tell each other that they have seen it
const KEPT = 30; // messages of other tabs

/** `onChange()` is called when it begins and ends. */
export function createArrival({ window: number, username }, { onChange }) {
  const desk = byId("desk");
  const tab = newNonce();
  const others = new BroadcastChannel(`jiaohao.counter.${number}.${username}`);
  const sound = createSound(username);
  const notify = createNotify(username);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let heard = []; // {arrival, tab, audible, visible, notifies, sounded}
  let isOn = false;
  let timer = 0;

  others.addEventListener("message", ({ data }) => {
    heard = [...heard, data].slice(-KEPT);
  });
  document.addEventListener("visibilitychange", fade);

  function begin(view) {
    const [first] = view.waiting.line;
    const arrival = `${first.id} ${first.queued_at}`;
    const own = { arrival, tab, audible: sound.isAudible(), visible: !document.hidden, notifies: notify.isOn() };
    others.postMessage(own);
    setTimeout(() => decide(own, first, view), GATHER);
    isOn = true;
    desk.setAttribute("data-arrived", "");
    fade();
    onChange();
  }

  function fade() {
    clearTimeout(timer);
    if (isOn && !document.hidden) timer = setTimeout(end, SHOWN);
  }

  function end() {
    if (!isOn) return;
    clearTimeout(timer);
    isOn = false;
    desk.removeAttribute("data-arrived");
    onChange();
  }

  /** A tab that is slow, because it is hidden, has heard by now that another one has sounded. */
  function decide(own, first, view) {
    const all = [own, ...heard.filter((one) => one.arrival === own.arrival)];
    if (all.some((one) => one.sounded)) return;
    const isFirst = (able) => all.filter(able).every((one) => own.tab <= one.tab);
    const sounds = own.audible && isFirst((one) => one.audible);
    const tells = own.notifies && all.every((one) => !one.visible) && isFirst((one) => one.notifies);
    if (sounds || tells) others.postMessage({ ...own, sounded: true });
    if (sounds) sound.play();
    if (tells) notify.tell(first.number, view);
  }

  return {
    end,
    /** Whether it is marked on the page now. */
    isOn: () => isOn,
    /** Whether the title tells it at `now`: by turns, or all the time for whom nothing should blink. */
    inTitle: (now) => isOn && (calm.matches || Math.floor(now.getTime() / 1000) % 2 === 0),
    /** A view has come after `before`, null for the first. */
    look(before, view) {
      const waits = (one) => one && one.mine && one.waiting.total > 0;
      const idle = view.mine && view.window.state === "open" && view.ticket === null;
      if (!idle || !waits(view)) end();
      else if (before && before.mine && !waits(before)) begin(view);
    },
  };
}

/** A notification of the system: where the browser has them at all, and the clerk has switched them on. */
function createNotify(username) {
  const isThere = window.isSecureContext && "Notification" in window;
  const wish = createSwitch("notify", username, {
    usual: false,
    mayTurnOn: async () => (await Notification.requestPermission()) === "granted",
  });
  byId("notify").hidden = !isThere;
  return {
    isOn: () => isThere && wish.isOn() && Notification.permission === "granted",
    tell(number, view) {
      const title = t("{number} has come to window {window}", { number, window: view.window.number });
      const shown = new Notification(title, { body: pick(view.hall, "name"), tag: `jiaohao.${view.window.number}`, silent: true });
      shown.addEventListener("click", () => {
        window.focus();
        shown.close();
      });
    },
  };
}
