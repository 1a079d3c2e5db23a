/** A page that was made from another configuration loads itself anew, once nobody is at it. */

import { reload } from "./reach.js";

const QUIET = 5000; // ms without a touch or a key
const TRIED = "jiaohao.config"; // for which revision this page has loaded itself already: it never does so twice

/**
 * `mayRenew()`: whether the page could be taken away now. `told(revision)` hears which configuration is in force,
 * `look()` is to be called again and again while the server can be reached.
 */
export function createRenewal(mayRenew) {
  const made = document.documentElement.dataset.config;
  let wanted = made;
  let touched = -QUIET;
  let asking = false; // the server, whether it would answer

  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => {
      touched = performance.now();
    }, true);
  }
  return {
    told(revision) {
      wanted = revision;
    },
    async look() {
      if (asking || wanted === made || sessionStorage.getItem(TRIED) === wanted) return;
      const tried = wanted;
      asking = true;
      if (await reload(() => performance.now() - touched >= QUIET && mayRenew())) sessionStorage.setItem(TRIED, tried);
      asking = false;
    },
  };
}
