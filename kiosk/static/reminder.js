/**
 * 快到时提醒我: a bell, a shake and a notice when it is nearly somebody's turn, and again when it is. Each of them where
 * the phone has it and lets us: a page on plain http gets no notices and no wake lock, and turns gold all the same.
 */

import { byId, setText } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";
import { isNear } from "./status-ticket.js";

const BELLS = [[659.3, 0], [523.3, 0.35]]; // Hz, s after the start: E5, C5
const RING = 0.35; // s
const SHAKES = { near: [300, 150, 300], called: [600, 200, 600, 200, 600] }; // ms
const FLASH = 1000; // ms
const TIMES = 30; // flashes of the title

export function createReminder() {
  const quiet = document.title;
  let on = false;
  let told = ""; // what was last reminded of: "near" or "called"
  let sound = null;
  let lock = null;
  let flashing = 0;

  function draw(near) {
    byId("reminder-switch").setAttribute("aria-checked", String(on));
    setText(byId("reminder-word"), on ? t("On") : t("Off"));
    setText(byId("reminder-how"), t("Rings and shakes when {n} are ahead; leave this page open", { n: near }));
  }

  /** The touch that turns it on is also what lets the page sound, and what a browser wants before it asks. */
  function turnOn() {
    const Sound = window.AudioContext || window.webkitAudioContext;
    if (!sound && Sound) sound = new Sound();
    if (sound) sound.resume();
    if ("Notification" in window && Notification.permission === "default") Notification.requestPermission();
    stayAwake();
  }

  async function stayAwake() {
    if (!on || document.hidden || !navigator.wakeLock) return;
    try {
      lock = await navigator.wakeLock.request("screen");
    } catch (error) {
      lock = null; // a battery that runs low comes first
    }
  }

  function turnOff() {
    if (lock) lock.release();
    lock = null;
  }

  function ring() {
    if (!sound) return;
    for (const [pitch, after] of BELLS) {
      const start = sound.currentTime + after;
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.4, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + RING);
      tone.connect(volume).connect(sound.destination);
      tone.start(start);
      tone.stop(start + RING);
    }
  }

  function notice(words) {
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    try {
      new Notification(words, { tag: "jiaohao", renotify: true, requireInteraction: true });
    } catch (error) {
      // Phones on which only a service worker may: the bell and the title have said it.
    }
  }

  function flash(words) {
    clearInterval(flashing);
    let times = 0;
    flashing = setInterval(() => {
      times += 1;
      document.title = times % 2 && times < TIMES ? words : quiet;
      if (times >= TIMES) clearInterval(flashing);
    }, FLASH);
  }

  function remind(kind, words) {
    flash(words);
    if (!on) return;
    ring();
    if (navigator.vibrate) navigator.vibrate(SHAKES[kind]);
    notice(words);
  }

  return {
    get on() {
      return on;
    },
    /** `ticket` as the page has just learned it; `first`: it was opened on this. */
    follow(ticket, { first }) {
      const kind = kindOf(ticket);
      byId("reminder").hidden = !["waiting", "held"].includes(ticket.state);
      byId("phone").toggleAttribute("data-near", kind === "near");
      draw(ticket.near);
      if (kind !== told && kind && !first) remind(kind, wordsOf(kind, ticket));
      if (!kind) {
        clearInterval(flashing);
        document.title = quiet;
      }
      told = kind;
    },
    start(near) {
      byId("reminder-switch").addEventListener("click", () => {
        on = !on;
        if (on) turnOn();
        else turnOff();
        draw(near);
      });
      // A lock ends with the page out of sight.
      document.addEventListener("visibilitychange", stayAwake);
      draw(near);
    },
  };
}

function kindOf(ticket) {
  if (ticket.state === "called") return "called";
  return isNear(ticket) ? "near" : "";
}

function wordsOf(kind, { number, window: n, ahead }) {
  return kind === "called"
    ? t("{number}: please go to window {window}", { number, window: n })
    : t("{number}: {n} ahead, nearly your turn", { number, n: ahead });
}
