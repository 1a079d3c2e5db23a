/** The sheet's one button. */

import { byId } from "/static/web/js/dom.js";

if (byId("print")) byId("print").addEventListener("click", () => window.print());
