/** 差评 in words: levels, channels, steps and the days that are left. */

import { msg, t } from "/static/web/js/words.js";

export const LEVELS = {
  5: msg("Very satisfied"),
  4: msg("Satisfied"),
  3: msg("Fairly satisfied"),
  2: msg("Dissatisfied"),
  1: msg("Very dissatisfied"),
};

export const CHANNELS = { pad: msg("Pad"), screen: msg("Window's screen"), phone: msg("Citizen's phone"), paper: msg("On paper") };

/** In their order: what a step is called, what stands where it comes next, and the button that leads there. */
export const STEPS = {
  verify: { name: msg("Verification"), todo: msg("To be verified"), way: msg("Verify") },
  rectify: { name: msg("Putting right"), todo: msg("To be put right"), way: msg("Rectify") },
  answer: { name: msg("Answer"), todo: msg("To be answered"), way: msg("Reply") },
  review: { name: msg("Review"), todo: msg("To be reviewed"), way: msg("Review") },
};

export const GROUNDS = { mistaken: msg("Pressed by mistake"), malicious: msg("In bad faith") };

/** `days`: working days; 0 is the last one, below that it is late. */
export function daysText(days) {
  if (days < -1) return t("Overdue by {n} working days", { n: -days });
  if (days === -1) return t("Overdue by 1 working day");
  if (days === 0) return t("Due today");
  return days === 1 ? t("1 working day left") : t("{n} working days left", { n: days });
}
