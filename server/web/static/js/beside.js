/** What other pages of this very browser are told: that somebody has signed in. */

const SIGNED_IN = "jiaohao.signed-in"; // in localStorage, so that the browser tells the other pages of this server

export function tellSignIn() {
  localStorage.setItem(SIGNED_IN, String(Date.now()));
}

/** `onSignIn()` when it happens on another page than this one. */
export function hearSignIn(onSignIn) {
  window.addEventListener("storage", (event) => {
    if (event.key === SIGNED_IN) onSignIn();
  });
}
