/** A page that was made from another configuration loads itself anew, once nobody is at it. */

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

  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => {
      touched = performance.now();
    }, true);
  }
  return {
    told(revision) {
      wanted = revision;
    },
    look() {
      if (wanted === made || sessionStorage.getItem(TRIED) === wanted) return;
      if (performance.now() - touched < QUIET || !mayRenew()) return;
      sessionStorage.setItem(TRIED, wanted);
      window.location.reload();
    },
  };
}
