/** A page leaves itself only once the server has said that it would answer: else the hall is left with the browser's own
 *  error page, or with the server's, and nobody there to touch it. */

const PATIENCE = 5000; // ms for that answer

/** What the server answers at `address` now: the HTTP status, 0 for none. */
export async function statusAt(address) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PATIENCE);
  const options = { method: "HEAD", cache: "no-store", credentials: "same-origin", signal: controller.signal };
  try {
    return (await fetch(address, options)).status;
  } catch (error) {
    return 0;
  } finally {
    clearTimeout(timer);
  }
}

async function answers(address) {
  const status = await statusAt(address);
  return status >= 200 && status < 300;
}

/** Whether the page may go to `address`: the server answers there, and `may()` holds, also after that answer. */
async function isClear(address, may) {
  return may() && (await answers(address)) && may();
}

/** Goes to `address` in the page's place, if it is clear. Resolves to whether it goes. */
export async function moveTo(address, may = () => true) {
  const clear = await isClear(address, may);
  if (clear) window.location.replace(address);
  return clear;
}

/** Loads the page anew, if it is clear. Resolves to whether it does; what follows is done before the page is gone. */
export async function reload(may = () => true) {
  const clear = await isClear(window.location.href, may);
  if (clear) window.location.reload();
  return clear;
}
