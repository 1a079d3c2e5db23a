// The voice of one loudspeaker zone: a single FIFO of announcements.
//
// One pass of one announcement is scheduled at a time; its end schedules the next. So announcements cannot overlap, and
// what has not begun can still be dropped.

import { createPlayer } from "/static/voice/player.js";

const CHIME = "chime";
const CHIME_GAP = 0.15; // seconds

// Beyond this many waiting, a call is spoken once: a hall calls faster than two readings take (11 s a call).
const WAITING_FOR_REPEATS = 3;

/**
 * Opens the sound of a page. `manifest`, `volume` and `onState` are the player's; without a clip "chime" no bell rings.
 *
 * `staleAfter` seconds of waiting an announcement is dropped, for by then it misleads: its citizen has been served or
 * called again. `repeatPause` and `nextPause` are the seconds of silence before a repeat and before the next
 * announcement. `onBegin(id)` is told when an announcement begins to sound: from then on it has been spoken, whatever
 * becomes of the page.
 */
export function createSpeaker(options) {
  return new Speaker(options);
}

class Speaker {
  constructor(options) {
    const { manifest, volume, onState = () => {}, onBegin = () => {} } = options;
    const { staleAfter = 60, repeatPause = 0.8, nextPause = 1 } = options;
    this._onBegin = onBegin;
    this._staleAfter = staleAfter;
    this._repeatPause = repeatPause;
    this._nextPause = nextPause;
    this._waiting = [];
    this._speaking = null;
    this._silentSince = -Infinity; // on the audio clock: when the last sentence ends
    this._player = createPlayer({
      manifest,
      volume,
      onState: (state) => {
        onState(state);
        this._next();
      },
    });
  }

  /** See the player. */
  get ready() {
    return this._player.ready;
  }

  /** See the player; each line also names its announcement and the pass of it. */
  get log() {
    return this._player.log;
  }

  /** Ids in the order they will be spoken, the one being spoken first. */
  get pending() {
    const entries = this._speaking ? [this._speaking, ...this._waiting] : this._waiting;
    return entries.map((entry) => entry.id);
  }

  /** Starts the sound; to be called from a touch or key event. Resolves with the state. */
  unlock() {
    return this._player.unlock();
  }

  /**
   * Queues `{id, clips, repeats}`. Resolves with what became of it: "spoken", "cancelled", "stale", or "unloadable"
   * when a clip is missing, because a number with a hole in it is another number. An id that is already pending is not
   * queued again, so a snapshot that repeats a call does not repeat the voice.
   */
  say({ id, clips, repeats = 2 }) {
    if (clips.length === 0) throw new RangeError(`announcement ${id} has no clips`);
    const known = this._speaking && this._speaking.id === id ? this._speaking : this._queued(id);
    if (known) return known.outcome;
    const entry = { id, clips, repeats, passes: 0, queuedAt: performance.now(), cancelled: false };
    entry.outcome = new Promise((resolve) => {
      entry.settle = resolve;
    });
    this._waiting.push(entry);
    this._next();
    return entry.outcome;
  }

  /** Drops an announcement. One that is sounding is heard to the end of its sentence, but not repeated. */
  cancel(id) {
    if (this._speaking && this._speaking.id === id) {
      this._speaking.cancelled = true;
      return;
    }
    const entry = this._queued(id);
    if (!entry) return;
    this._waiting = this._waiting.filter((other) => other !== entry);
    entry.settle("cancelled");
  }

  _queued(id) {
    return this._waiting.find((entry) => entry.id === id);
  }

  async _next() {
    // A suspended context would hoard calls and speak them all at the first touch, long after they mattered.
    this._dropStale();
    if (this._speaking || this._waiting.length === 0 || this._player.state !== "running") return;
    const entry = this._waiting.shift();
    this._speaking = entry;
    try {
      await this._player.load(this._player.has(CHIME) ? [CHIME, ...entry.clips] : entry.clips);
    } catch (error) {
      console.error(`announcement ${entry.id} is not spoken:`, error);
      this._finish("unloadable");
      return;
    }
    this._pass();
  }

  _dropStale() {
    const oldest = performance.now() - this._staleAfter * 1000;
    const stale = this._waiting.filter((entry) => entry.queuedAt < oldest);
    if (stale.length === 0) return;
    this._waiting = this._waiting.filter((entry) => entry.queuedAt >= oldest);
    for (const entry of stale) entry.settle("stale");
  }

  /** Schedules the chime, if it is the first pass, and the sentence; or ends the announcement. */
  _pass() {
    const entry = this._speaking;
    const wanted = this._waiting.length > WAITING_FOR_REPEATS ? 1 : entry.repeats;
    if (entry.passes > 0 && entry.passes >= wanted) {
      this._finish("spoken");
      return;
    }
    if (entry.cancelled) {
      this._finish(entry.passes > 0 ? "spoken" : "cancelled");
      return;
    }
    const pause = entry.passes > 0 ? this._repeatPause : this._nextPause;
    let at = Math.max(this._player.soon, this._silentSince + pause);
    entry.passes += 1;
    const about = { announcement: entry.id, pass: entry.passes };
    if (entry.passes === 1 && this._player.has(CHIME)) at = this._player.play([CHIME], at, about).end + CHIME_GAP;
    if (entry.passes === 1) this._onBegin(entry.id);
    const { end, done } = this._player.play(entry.clips, at, about);
    this._silentSince = end;
    done.then(() => this._pass());
  }

  _finish(outcome) {
    const entry = this._speaking;
    this._speaking = null;
    entry.settle(outcome);
    this._next();
  }
}
