/** An error page that may mend itself: the server was starting, or another one ran the hall. It looks at its own address
 *  again and again and loads itself anew once it is answered. Without imports, so that nothing else can fail here. */

const FIRST = 2000; // ms until the first look; every pause is twice the one before
const LONGEST = 30000; // ms: a page that stays wrong asks no more often than this, for the server writes each into its log

async function look(pause) {
  try {
    const answer = await fetch(window.location.href, { method: "HEAD", cache: "no-store", credentials: "same-origin" });
    if (answer.ok) {
      window.location.reload();
      return;
    }
  } catch (error) {
    // No line: a reload now would end on the browser's own error page.
  }
  setTimeout(look, pause, Math.min(pause * 2, LONGEST));
}

setTimeout(look, FIRST, FIRST * 2);
