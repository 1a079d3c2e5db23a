/** Two soft bells (E5, then C5), for a leader whose hall wants to hear of what comes. */

const NOTES = [659.26, 523.25]; // Hz
const LENGTH = 0.35; // s
const LOUDNESS = 0.2;

let context = null;

/** Silent where the browser lets no page sound that nobody has touched yet: the page says the same in words. */
export function ring() {
  context = context || new AudioContext();
  NOTES.forEach((note, place) => strike(note, context.currentTime + place * LENGTH));
}

function strike(note, at) {
  const tone = new OscillatorNode(context, { frequency: note });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.setValueAtTime(LOUDNESS, at);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + LENGTH);
  tone.connect(loudness).connect(context.destination);
  tone.start(at);
  tone.stop(at + LENGTH);
}
