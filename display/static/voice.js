/**
 * This page's part in the voice of its zone: it plays what the server's line gives it, one order at a time, and says what
 * became of each. Which announcement is next, and which is over, is not decided here.
 *
 * page → server:  sound {state, missing, sounding, begun}   on every connect and change
 *                 spoke {order, phase, reason}              began, ended or failed
 */

import { createPlayer } from "/static/voice/player.js";
import { openMemory } from "./memory.js";

const CHIME = "chime";
const CHIME_GAP = 0.15; // seconds
const TOLD = 20; // orders: more than are begun while a call is fresh
const LATE = 2500; // ms beyond its pause: the server gives up an order that has not begun half a second later

/**
 * `page`: {display, voice: {speaks, missing, manifest}}; `nonce`: the page's name for itself.
 *
 * onState({locked, mute}): `locked` when the browser wants a touch before it makes a sound, `mute` when recordings are
 * missing, so that some or all calls stay silent.
 * Returns {player, resting, connect(emit), greet(), update(order), silence(), unlock()}; `player` is null on a silent
 * screen. `resting`: nothing is being spoken, and a page loaded anew would not wait for a touch before it speaks again.
 */
export function openVoice({ display, voice }, nonce, onState) {
  const nothing = () => {};
  if (!voice.speaks) {
    return { player: null, resting: true, connect: nothing, greet: nothing, update: nothing, silence: nothing, unlock: nothing };
  }
  const memory = openMemory(`jiaohao.spoken.${display}`);
  const lacking = new Set(); // clips that could not be loaded
  let emit = nothing;
  let byHand = false;
  let wanted = null; // the order this page has from the server
  let hand = null; // the one it is at: {order, began, rest, since, steady}
  let silentSince = -Infinity; // on the audio clock: when the last sentence ended
  let player = null; // it tells its state while it is still being made

  const missing = () => voice.missing + lacking.size;
  const spoke = (order, phase, reason = null) => emit("spoke", { order: order.id, phase, reason });

  function tellSound(begun = []) {
    if (!player) return;
    const canSpeak = Object.keys(voice.manifest).length > 0;
    onState({ locked: canSpeak && player.state === "suspended", mute: missing() > 0 });
    emit("sound", { state: player.state, missing: missing(), sounding: hand !== null && hand.began, begun });
  }

  async function take(order) {
    const mine = { order, began: false, rest: null, since: Date.now(), steady: performance.now() };
    hand = mine;
    const clips = order.chime && player.has(CHIME) ? [CHIME, ...order.clips] : order.clips;
    const complete = await load(clips);
    if (hand !== mine) return;
    if (!complete) {
      finish(mine, "failed", "clips_missing"); // a number with a hole in it is another number
      return;
    }
    mine.rest = player.rest(silentSince + order.pause);
    await mine.rest.done;
    if (hand !== mine) return;
    if (player.state !== "running") finish(mine, "failed", "sound_blocked");
    else if (isLate(mine)) finish(mine, "failed", "not_connected");
    else begin(mine);
  }

  async function load(clips) {
    const before = lacking.size;
    await Promise.all(clips.map((clip) => player.load([clip]).then(() => lacking.delete(clip), () => lacking.add(clip))));
    if (lacking.size !== before) tellSound();
    return !clips.some((clip) => lacking.has(clip));
  }

  function begin(mine) {
    const { order } = mine;
    mine.began = true;
    memory.keep(order.id);
    spoke(order, "began");
    player.volume = order.volume;
    const about = { order: order.id };
    let at = player.soon;
    if (order.chime && player.has(CHIME)) at = player.play([CHIME], at, about).end + CHIME_GAP;
    const { end, done } = player.play(order.clips, at, about);
    silentSince = end;
    done.then(() => finish(mine, "ended"));
  }

  function finish(mine, phase, reason) {
    hand = null;
    spoke(mine.order, phase, reason);
    if (wanted && wanted.id !== mine.order.id) take(wanted);
  }

  /** What is in hand is not wanted any more, unless it sounds already. */
  function leave() {
    if (hand === null || hand.began) return null;
    const { order, rest } = hand;
    hand = null;
    if (rest) rest.stop();
    return order;
  }

  player = createPlayer({ manifest: voice.manifest, onState: () => tellSound() });
  tellSound();
  player.ready.then((failed) => {
    failed.forEach((clip) => lacking.add(clip));
    tellSound();
  });

  return {
    player,
    get resting() {
      return hand === null && !byHand;
    },
    connect(emitter) {
      emit = emitter;
    },
    /** Connected, perhaps to a server that knows nothing of this page. */
    greet() {
      tellSound(memory.last(TOLD));
      if (hand && hand.began) spoke(hand.order, "began");
    },
    /** `order`: what the server has for one of the screen's pages. */
    update(order) {
      wanted = order && order.page === nonce ? order : null;
      if (hand && wanted && hand.order.id === wanted.id) return;
      const left = leave();
      if (left) spoke(left, "failed", "cancelled");
      if (hand || !wanted) return;
      if (memory.has(wanted.id)) spoke(wanted, "ended");
      else take(wanted);
    },
    /** The line is lost: what has not begun may be over before it is back, or be spoken by another screen. */
    silence() {
      wanted = null;
      leave();
    },
    unlock() {
      byHand = true;
      return player.unlock();
    },
  };
}

/** The page slept, or its clips took too long: the hall may be further by now. */
function isLate({ order, since, steady }) {
  const waited = Math.max(Date.now() - since, performance.now() - steady);
  return waited > order.pause * 1000 + LATE;
}
