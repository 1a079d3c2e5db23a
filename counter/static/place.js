/** Which window this computer stands at: in the address for a reload, kept for the next morning. */

const NAME = "jiaohao.counter.window";

export function rememberWindow(number) {
  localStorage.setItem(NAME, String(number));
}

/** The window's number, or null. */
export function lastWindow() {
  return Number(localStorage.getItem(NAME)) || null;
}

/** The desk's address; the page's other arguments (its language) stay. */
export function deskAddress(number) {
  const query = new URLSearchParams(window.location.search);
  query.set("window", String(number));
  return `/counter?${query}`;
}
