/** Times as the hall's clocks show them, for fields that know no time zone. The panel's own zone may be another. */

const formats = new Map();

function format(zone) {
  const options = { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
  if (!formats.has(zone)) formats.set(zone, new Intl.DateTimeFormat("sv-SE", { ...options, hourCycle: "h23" }));
  return formats.get(zone);
}

/** "2026-11-23T14:00" in the hall's zone. */
export function wallOf(instant, zone) {
  return format(zone).format(instant).replace(" ", "T");
}

/** The instant at which the hall's clocks show `wall` ("2026-11-23T14:00"). */
export function instantOf(wall, zone) {
  const meant = Date.parse(`${wall}Z`);
  let found = meant;
  // Twice, because the first guess may lie on the other side of a change of the clocks.
  for (let turn = 0; turn < 2; turn += 1) found += meant - Date.parse(`${wallOf(new Date(found), zone)}Z`);
  return new Date(found);
}

/** "2026-11-23" of an instant in the hall's zone. */
export function dayOf(instant, zone) {
  return wallOf(instant, zone).slice(0, 10);
}

/** The day `count` days after `day`. */
export function dayAfter(day, count) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86400000).toISOString().slice(0, 10);
}

/** The Monday of its week. */
export function mondayOf(day) {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return dayAfter(day, -weekday);
}
