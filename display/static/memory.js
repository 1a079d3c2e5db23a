/** Which orders this screen has begun to speak; outlives a reload, but not the tab. */

const KEPT = 200;

/** Returns {has(id), keep(id), last(count)}: `last` gives the newest, oldest first. */
export function openMemory(name) {
  let begun = read(name);
  return {
    has: (id) => begun.includes(id),
    last: (count) => begun.slice(-count),
    keep(id) {
      begun = [...begun, id].slice(-KEPT);
      try {
        sessionStorage.setItem(name, JSON.stringify(begun));
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
