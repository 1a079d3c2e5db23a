/** The small sounds of a page, made here: no recording, nothing to load. */

const TURN = 2 * Math.PI;
const LOUD = 0.3; // beside a voice that peaks at 1

const TONES = {
  // A touch was felt.
  tick: { seconds: 0.03, at: (t) => Math.sin(TURN * 1200 * t) * Math.exp(-t * 120) },
  // It worked: one rising pair, C5 then E5.
  ready: { seconds: 0.6, at: (t) => struck(523.25, t) + (t < 0.2 ? 0 : struck(659.25, t - 0.2)) },
  // It did not: one low wooden knock.
  refused: { seconds: 0.15, at: (t) => (Math.sin(TURN * 190 * t) + 0.5 * Math.sin(TURN * 505 * t)) * Math.exp(-t * 45) },
};

function struck(hertz, t) {
  return Math.sin(TURN * hertz * t) * Math.exp(-t * 9) * Math.min(1, t / 0.006);
}

/** `quiet()`: whether no sound is wanted now. Returns {tick(), ready(), refused()}. */
export function createTones(player, quiet) {
  const play = (name) => () => {
    // A page that may not sound yet would keep it, and play it long after the touch.
    if (player.state === "running" && !quiet()) player.play([name], player.now);
  };
  const tones = {};
  for (const [name, { seconds, at }] of Object.entries(TONES)) {
    player.make(name, seconds, (t) => LOUD * at(t) * Math.min(1, (seconds - t) / 0.005));
    tones[name] = play(name);
  }
  return tones;
}
