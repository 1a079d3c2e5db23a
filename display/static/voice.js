/** What the screen speaks: each call once, and only while its citizen is awaited. */

import { createSpeaker } from "./speaker.js";
import { openMemory } from "./memory.js";

/**
 * `page`: {display, voice: {speaks, repeats, missing, manifest}}.
 *
 * onState({locked, mute}): `locked` when the browser wants a touch before it makes a sound, `mute` when recordings are
 * missing, so that some or all calls stay silent.
 * Returns {speaker, resting, update(calls), silence(), unlock()}; `speaker` is null on a silent screen. `resting`: nothing
 * is being spoken, and a page loaded anew would not wait for a touch before it speaks again.
 */
export function openVoice({ display, voice }, onState) {
  if (!voice.speaks) return { speaker: null, resting: true, update() {}, silence() {}, unlock() {} };
  const memory = openMemory(`jiaohao.spoken.${display}`);
  const calls = new Map(); // given to the speaker and not ended, by id
  let byHand = false;
  const state = { locked: false, mute: voice.missing > 0 };
  const tell = (change) => onState({ ...Object.assign(state, change) });
  const canSpeak = Object.keys(voice.manifest).length > 0;

  const speaker = createSpeaker({
    manifest: voice.manifest,
    onState: (audio) => tell({ locked: canSpeak && audio === "suspended" }),
    onBegin: (id) => memory.keep(calls.get(id)),
  });
  speaker.ready.then((failed) => failed.length > 0 && tell({ mute: true }));

  function say(call) {
    calls.set(call.id, call);
    speaker.say({ id: call.id, clips: call.clips, repeats: voice.repeats }).then((outcome) => {
      if (calls.get(call.id) === call) calls.delete(call.id);
      if (outcome === "unloadable") tell({ mute: true });
      else if (outcome === "spoken") tell({ mute: voice.missing > 0 });
    });
  }

  return {
    speaker,
    get resting() {
      return calls.size === 0 && !byHand;
    },
    /** `wanted`: all calls that are still to be spoken. */
    update(wanted) {
      const ids = new Set(wanted.map((call) => call.id));
      for (const id of calls.keys()) if (!ids.has(id)) speaker.cancel(id);
      for (const call of wanted) if (!calls.has(call.id) && !memory.has(call)) say(call);
    },
    silence() {
      for (const id of calls.keys()) speaker.cancel(id);
    },
    unlock() {
      byHand = true;
      return speaker.unlock();
    },
  };
}
