/** Which calls this screen has begun to speak; outlives a reload, but not the tab. */

const KEPT = 200;

/** Returns {has(call), keep(call)}. A call is its id and its time: after a new database, ids begin again. */
export function openMemory(name) {
  const spoken = new Map(read(name));
  return {
    has: (call) => spoken.get(call.id) === call.at,
    keep(call) {
      spoken.delete(call.id);
      spoken.set(call.id, call.at);
      const entries = Array.from(spoken).slice(-KEPT);
      try {
        sessionStorage.setItem(name, JSON.stringify(entries));
      } catch (error) {
        console.error("a reload may repeat calls:", error);
      }
    },
  };
}

function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) || [];
  } catch (error) {
    return [];
  }
}
