/** A wait as it is told: minutes, or times of day where the hall is closed meanwhile. */

import { msg, t } from "./words.js";

const MINUTES = msg("min");
const WITHIN = msg("min at most");

/** {value, unit} of a wait {low, high, start, end}; empty words of none. */
export function waitParts(wait) {
  if (!wait) return { value: "", unit: "" };
  if (wait.start) return { value: `${wait.start}\u2013${wait.end}`, unit: "" };
  if (!wait.low) return { value: String(wait.high), unit: t(WITHIN) };
  return { value: `${wait.low}\u2013${wait.high}`, unit: t(MINUTES) };
}

/** The same in one piece. */
export function waitText(wait) {
  const { value, unit } = waitParts(wait);
  return unit ? `${value} ${unit}` : value;
}
