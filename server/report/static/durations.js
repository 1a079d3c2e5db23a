/** Durations as a leader reads them. */

/** Whole minutes, rounded up: "within 26 min" must stay true of 25 min 10 s. A dash when there was nothing. */
export function minutesWithin(seconds) {
  return seconds === null ? "–" : Math.ceil(seconds / 60);
}

/** Minutes to one decimal: "6.9". */
export function minutes(seconds) {
  return seconds === null ? "–" : (seconds / 60).toFixed(1);
}

/** Whole minutes gone by since an ISO time; never negative. */
export function minutesSince(iso, now) {
  return Math.max(0, Math.floor((now - Date.parse(iso)) / 60000));
}

/** "06:40", "1:02:33" since an ISO time. */
export function elapsed(iso, now) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(iso)) / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}
