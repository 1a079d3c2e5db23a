/** Nobody rates in a browser in which an account is signed in: the same address then says so, and what to do. */

import { hearSignIn } from "/static/web/js/beside.js";
import { statusAt } from "/static/web/js/reach.js";

const REFUSED = 403;
const CODE = "staff_signed_in";

async function stepAside() {
  if ((await statusAt(window.location.href)) === REFUSED) window.location.reload();
}

/** Has the page step aside as soon as somebody signs in beside it. Returns what to call with each refusal's code. */
export function watchStaff() {
  hearSignIn(stepAside);
  return (code) => {
    if (code === CODE) stepAside();
  };
}
