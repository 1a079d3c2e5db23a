/** The soft sound of an arrival, made here. A browser lets a page sound only once somebody has pressed something in it;
 *  until then a button in the head says so. */

import { byId } from "/static/web/js/dom.js";
import { createSwitch } from "./switch.js";

const TONES = [659.25, 880]; // Hz, one after the other
const LASTS = 0.45; // s each
const APART = 0.16; // s
const LOUD = 0.12; // of full

export function createSound(username) {
  const audio = new AudioContext();
  const wish = createSwitch("sound", username, { usual: true, onChange: draw });

  function draw() {
    byId("sound-blocked").hidden = !wish.isOn() || audio.state === "running";
  }

  const allow = () => {
    if (audio.state !== "running") audio.resume();
  };
  audio.addEventListener("statechange", draw);
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, allow, true);
  draw();

  function tone(frequency, start) {
    const source = new OscillatorNode(audio, { frequency });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUD, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + LASTS);
    source.connect(volume).connect(audio.destination);
    source.start(start);
    source.stop(start + LASTS);
  }

  return {
    isAudible: () => wish.isOn() && audio.state === "running",
    play() {
      TONES.forEach((frequency, turn) => tone(frequency, audio.currentTime + turn * APART));
    },
  };
}
