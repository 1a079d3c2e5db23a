/** What the citizen has said so far: a priority class, and the services of a combined visit in their order. */

export const MOST = 8; // services of one visit
export const ORDINARY = "ordinary"; // the class of everybody who has no other

export function createVisit() {
  const visit = {
    priority: null, // a class of the view
    picked: null, // codes in their order; null while one service at a time is taken
    get combined() {
      return visit.picked !== null;
    },
    get begun() {
      return visit.priority !== null || visit.combined;
    },
    /** Its place in the order, from 1; 0 when it is not chosen. */
    orderOf(code) {
      return visit.combined ? visit.picked.indexOf(code) + 1 : 0;
    },
    combine(on) {
      visit.picked = on ? [] : null;
    },
    /** Choose a service, or take the choice back. */
    pick(code) {
      if (visit.picked.includes(code)) visit.picked = visit.picked.filter((one) => one !== code);
      else if (visit.picked.length < MOST) visit.picked = [...visit.picked, code];
    },
    reset() {
      visit.priority = null;
      visit.picked = null;
    },
  };
  return visit;
}
