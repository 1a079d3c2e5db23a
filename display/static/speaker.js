// The voice of one loudspeaker zone: a single FIFO of announcements, played from recorded clips by WebAudio.
//
// Everything is scheduled on the audio clock, one pass of one announcement at a time; the end of a pass, told by the
// audio graph itself, schedules the next. So announcements cannot overlap, however busy the page is, and what has not
// begun can still be dropped.

const CHIME = "chime";

// Seconds. The lead covers the time between reading the audio clock and the graph taking up the schedule.
const LEAD = 0.05;
const CLIP_GAP = 0.06;
const CHIME_GAP = 0.15;

const LOG_LENGTH = 500;

// Beyond this many waiting, a call is spoken once: a hall calls faster than two readings take (11 s a call).
const WAITING_FOR_REPEATS = 3;

/**
 * Opens the sound of a page. `manifest` is `{clip: {url, seconds}}`, with the clip "chime"; without it no bell rings.
 *
 * `onState("running" | "suspended")` is called at once and at every change: "suspended" means that the browser waits
 * for a touch, which must then call `unlock()`. `volume` is 0 to 1. `staleAfter` seconds of waiting an announcement is
 * dropped, for by then it misleads: its citizen has been served or called again. `repeatPause` and `nextPause` are the
 * seconds of silence before a repeat and before the next announcement. `onBegin(id)` is told when an announcement begins
 * to sound: from then on it has been spoken, whatever becomes of the page.
 */
export function createSpeaker(options) {
  return new Speaker(options);
}

class Speaker {
  constructor(options) {
    const { manifest, onState = () => {}, onBegin = () => {} } = options;
    const { volume = 1, staleAfter = 60, repeatPause = 0.8, nextPause = 1 } = options;
    this._manifest = manifest;
    this._onState = onState;
    this._onBegin = onBegin;
    this._staleAfter = staleAfter;
    this._repeatPause = repeatPause;
    this._nextPause = nextPause;
    this._context = new AudioContext();
    this._output = this._context.createGain();
    this._output.gain.value = volume;
    this._output.connect(this._context.destination);
    this._buffers = new Map();
    this._waiting = [];
    this._speaking = null;
    this._silentSince = -Infinity; // on the audio clock: when the last sentence ends
    this._reported = null;
    /** What was given to the audio graph, oldest first, in seconds of the audio clock; `ended` once it has sounded. */
    this.log = [];
    this._context.onstatechange = () => this._stateChanged();
    this._stateChanged();
    /** Resolves with the names of the clips that could not be loaded; each is tried again when it is needed. */
    this.ready = this._loadAll();
  }

  /** "running" or "suspended". */
  get state() {
    return this._context.state === "running" ? "running" : "suspended";
  }

  /** The audio clock, in seconds: what the times in `log` are measured by. */
  get now() {
    return this._context.currentTime;
  }

  /** Ids in the order they will be spoken, the one being spoken first. */
  get pending() {
    const entries = this._speaking ? [this._speaking, ...this._waiting] : this._waiting;
    return entries.map((entry) => entry.id);
  }

  /** Starts the sound; to be called from a touch or key event. Resolves with the state. */
  async unlock() {
    await this._context.resume();
    return this.state;
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

  _stateChanged() {
    if (this.state !== this._reported) {
      this._reported = this.state;
      this._onState(this.state);
    }
    this._next();
  }

  async _next() {
    // A suspended context would hoard calls and speak them all at the first touch, long after they mattered.
    this._dropStale();
    if (this._speaking || this._waiting.length === 0 || this.state !== "running") return;
    const entry = this._waiting.shift();
    this._speaking = entry;
    const names = this._manifest[CHIME] ? [CHIME, ...entry.clips] : entry.clips;
    try {
      entry.buffers = new Map(await Promise.all(names.map(async (name) => [name, await this._load(name)])));
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
    let at = Math.max(this.now + LEAD, this._silentSince + pause);
    if (entry.passes === 0 && entry.buffers.has(CHIME)) at = this._schedule(CHIME, at).end + CHIME_GAP;
    entry.passes += 1;
    if (entry.passes === 1) this._onBegin(entry.id);
    let last = null;
    for (const clip of entry.clips) {
      last = this._schedule(clip, at);
      at = last.end + CLIP_GAP;
    }
    this._silentSince = last.end;
    last.done.then(() => this._pass());
  }

  /** Gives one clip to the audio graph; `done` resolves when it has sounded. */
  _schedule(clip, start) {
    const { id, passes, buffers } = this._speaking;
    const buffer = buffers.get(clip);
    const source = this._context.createBufferSource();
    source.buffer = buffer;
    source.connect(this._output);
    const line = { announcement: id, pass: Math.max(passes, 1), clip, start, seconds: buffer.duration, ended: null };
    this.log.push(line);
    this.log.splice(0, this.log.length - LOG_LENGTH);
    const done = new Promise((resolve) => {
      source.onended = () => {
        line.ended = this.now;
        resolve();
      };
    });
    source.start(start);
    return { end: start + buffer.duration, done };
  }

  _finish(outcome) {
    const entry = this._speaking;
    this._speaking = null;
    entry.settle(outcome);
    this._next();
  }

  async _loadAll() {
    const names = Object.keys(this._manifest);
    const failed = await Promise.all(names.map((name) => this._load(name).then(() => null, () => name)));
    return failed.filter(Boolean);
  }

  /** The decoded clip; a failed load is forgotten, so that the next need tries again. */
  _load(name) {
    if (!this._buffers.has(name)) {
      const loading = this._fetch(name);
      this._buffers.set(name, loading);
      loading.catch(() => this._buffers.delete(name));
    }
    return this._buffers.get(name);
  }

  async _fetch(name) {
    const entry = this._manifest[name];
    if (!entry) throw new Error(`no clip ${name} in the manifest`);
    const answer = await fetch(entry.url);
    if (!answer.ok) throw new Error(`${entry.url}: ${answer.status}`);
    return this._context.decodeAudioData(await answer.arrayBuffer());
  }
}
