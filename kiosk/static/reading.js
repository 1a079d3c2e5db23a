/** 念给我听: reads aloud what the screen says. One voice at a time; a second touch, or leaving the screen, ends it. */

const PHRASE_GAP = 0.25; // seconds between two phrases
const UNLOCKING = 1000; // ms for a browser to let the page sound
const LATE = 2000; // ms after its reckoned end: a device that swallowed the sound must not hold a countdown for ever
const ROUND = 5000; // ms between two looks at the hours in which the kiosk is silent

/**
 * `clipsOf(said)`: the clips of each phrase of a sentence, null where there is none; `said()`: what the screen says now;
 * `quiet()`: whether no sound is wanted now; `automatic()`: whether results are read without being asked.
 */
export function createReading({ player, clipsOf, said, quiet, automatic }) {
  const buttons = document.querySelectorAll("[data-read]");
  let current = null; // {parts}: what is read; the parts are there once it sounds

  /** The phrases of `what` if it can and may be heard now, else null. */
  function audible(what) {
    const phrases = quiet() ? null : clipsOf(what);
    return phrases && phrases.flat().every((clip) => player.has(clip)) ? phrases : null;
  }

  function show() {
    const offered = current !== null || audible(said()) !== null;
    for (const button of buttons) {
      button.hidden = !offered;
      button.setAttribute("aria-pressed", String(current !== null));
    }
  }

  function stop() {
    if (current) for (const part of current.parts) part.stop();
    current = null;
    show();
  }

  async function read(what) {
    stop();
    const phrases = audible(what);
    if (!phrases) return;
    const own = { parts: [] };
    current = own;
    show();
    try {
      await Promise.all([allowed(), player.load(phrases.flat())]);
      if (current === own) await sounded(own, phrases);
    } catch (error) {
      console.error("not read aloud:", error);
    }
    if (current === own) stop();
  }

  async function allowed() {
    await Promise.race([player.unlock(), after(UNLOCKING)]);
    if (player.state !== "running") throw new Error("the browser wants a touch before it makes a sound");
  }

  function sounded(own, phrases) {
    let at = player.soon;
    for (const phrase of phrases) {
      const part = player.play(phrase, at);
      own.parts.push(part);
      at = part.end + PHRASE_GAP;
    }
    const last = own.parts[own.parts.length - 1];
    return Promise.race([last.done, after((last.end - player.now) * 1000 + LATE)]);
  }

  for (const button of buttons) button.addEventListener("click", () => (current ? stop() : read(said())));
  setInterval(show, ROUND);

  return {
    /** Whether a voice is heard: a countdown waits for it. */
    get isHeard() {
      return current !== null && current.parts.length > 0;
    },
    /** The screen may say something else now. */
    refresh: show,
    /** Something has come of the citizen's touch: read it where results are read without being asked. */
    announce(what = said()) {
      if (automatic()) read(what);
    },
    /** Be silent: another screen is seen, or whatever was asked is answered. */
    stop,
  };
}

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
