/** A script that fails must not leave a dead page in the hall: it loads itself anew, if the server answers, and never
 *  more often than once a minute. Its own module, so that it runs even when the page's others cannot be loaded. */

const PAUSE = 5000; // ms between two looks
const PATIENCE = 60000; // ms for a citizen to finish: the page may be whole but for the one thing that failed
const APART = 60000; // ms between two such reloads
const LAST = "jiaohao.recovered";
const RESTING = ["home", "closed", "paused"];

let failedAt = 0;

function mayReload() {
  const { screen } = document.getElementById("kiosk").dataset;
  return RESTING.includes(screen) || Date.now() - failedAt > PATIENCE;
}

async function recover() {
  const last = Number(sessionStorage.getItem(LAST) || 0);
  if (Date.now() - last < APART || !mayReload()) {
    setTimeout(recover, PAUSE);
    return;
  }
  try {
    const answer = await fetch(window.location.href, { method: "HEAD", cache: "no-store", credentials: "same-origin" });
    if (answer.ok) {
      sessionStorage.setItem(LAST, String(Date.now()));
      window.location.reload();
      return;
    }
  } catch (error) {
    // No line: a reload now would end on the browser's own error page.
  }
  setTimeout(recover, PAUSE);
}

function plan() {
  if (failedAt) return;
  failedAt = Date.now();
  setTimeout(recover, PAUSE);
}

// Captured, because a script that cannot be loaded says so to its own element only; a picture that fails is no reason.
window.addEventListener("error", ({ target }) => {
  if (target === window || target instanceof HTMLScriptElement) plan();
}, true);
window.addEventListener("unhandledrejection", plan);
