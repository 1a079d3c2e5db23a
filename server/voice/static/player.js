// Recorded clips, played by WebAudio.
//
// Everything is scheduled on the audio clock, a whole sentence at a time, and its end is told by the audio graph itself:
// so nothing overlaps, however busy the page is.

// Seconds. The lead covers the time between reading the audio clock and the graph taking up the schedule.
const LEAD = 0.05;
const CLIP_GAP = 0.06;

const LOG_LENGTH = 500;

/**
 * Opens the sound of a page. `manifest` is `{clip: {url, seconds}}`, `volume` is 0 to 1.
 *
 * `onState("running" | "suspended")` is called at once and at every change: "suspended" means that the browser waits
 * for a touch, which must then call `unlock()`.
 */
export function createPlayer(options) {
  return new Player(options);
}

class Player {
  constructor({ manifest, volume = 1, onState = () => {} }) {
    this._manifest = manifest;
    this._onState = onState;
    this._context = new AudioContext();
    this._output = this._context.createGain();
    this._output.gain.value = volume;
    this._output.connect(this._context.destination);
    this._loading = new Map(); // by clip, a promise
    this._buffers = new Map(); // by clip, decoded
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

  /** The earliest time for which something can be scheduled. */
  get soon() {
    return this.now + LEAD;
  }

  /** Starts the sound; to be called from a touch or key event. Resolves with the state. */
  async unlock() {
    await this._context.resume();
    return this.state;
  }

  /** How loud, 0 to 1. */
  set volume(value) {
    this._output.gain.value = value;
  }

  /** Whether the page was given this clip. */
  has(clip) {
    return clip in this._manifest;
  }

  /** Resolves when all `clips` can be played; rejects when one cannot be had. */
  load(clips) {
    return Promise.all(clips.map((clip) => this._load(clip)));
  }

  /** Makes a clip that has no recording: `sample(t)` is -1 to 1 at `t` seconds. */
  make(clip, seconds, sample) {
    const rate = this._context.sampleRate;
    const buffer = this._context.createBuffer(1, Math.round(seconds * rate), rate);
    const samples = buffer.getChannelData(0);
    for (let index = 0; index < samples.length; index += 1) samples[index] = sample(index / rate);
    this._buffers.set(clip, buffer);
  }

  /**
   * Schedules loaded or made `clips`, one or more, one after the other from `at`; `about` goes into their lines of the
   * log. Returns {end, done, stop()}: `end` is when the last of them ends, `done` resolves when it has sounded or was
   * stopped.
   */
  play(clips, at, about = {}) {
    const parts = [];
    let start = at;
    for (const clip of clips) {
      const part = this._schedule(clip, start, about);
      parts.push(part);
      start = part.end + CLIP_GAP;
    }
    const { end, done } = parts[parts.length - 1];
    return { end, done, stop: () => parts.forEach(({ source }) => source.stop()) };
  }

  /** Silence until `until`. Returns {done, stop()}: `done` resolves when the audio clock has come there, or at `stop()`. */
  rest(until) {
    const source = this._context.createConstantSource();
    source.offset.value = 0;
    source.connect(this._output); // what is not connected is not heard to end
    const done = new Promise((resolve) => {
      source.onended = resolve;
    });
    source.start();
    source.stop(Math.max(this.now, until));
    return { done, stop: () => source.stop() };
  }

  _schedule(clip, start, about) {
    const source = this._context.createBufferSource();
    source.buffer = this._buffers.get(clip);
    source.connect(this._output);
    const seconds = source.buffer.duration;
    const line = { ...about, clip, start, seconds, ended: null };
    this.log.push(line);
    this.log.splice(0, this.log.length - LOG_LENGTH);
    const done = new Promise((resolve) => {
      source.onended = () => {
        line.ended = this.now;
        resolve();
      };
    });
    source.start(start);
    return { source, end: start + seconds, done };
  }

  _stateChanged() {
    if (this.state === this._reported) return;
    this._reported = this.state;
    this._onState(this.state);
  }

  async _loadAll() {
    const names = Object.keys(this._manifest);
    const failed = await Promise.all(names.map((name) => this._load(name).then(() => null, () => name)));
    return failed.filter(Boolean);
  }

  /** A failed load is forgotten, so that the next need tries again. */
  _load(name) {
    if (!this._loading.has(name)) {
      const loading = this._fetch(name);
      this._loading.set(name, loading);
      loading.catch(() => this._loading.delete(name));
    }
    return this._loading.get(name);
  }

  async _fetch(name) {
    // Texts that somebody typed become clips after the page was made.
    const url = name in this._manifest ? this._manifest[name].url : `/voice/clips/${name.split("/").map(encodeURIComponent).join("/")}.wav`;
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    this._buffers.set(name, await this._context.decodeAudioData(await answer.arrayBuffer()));
  }
}
