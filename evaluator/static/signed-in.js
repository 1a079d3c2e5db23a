/** Why nobody can rate here, until the account is signed out: here, or on any other page of this browser. */

import { post } from "/static/web/js/api.js";
import { byId } from "/static/web/js/dom.js";
import { reload } from "/static/web/js/reach.js";

const LOOK = 2000; // ms

byId("sign-out").addEventListener("click", async () => {
  await post("/api/v1/logout");
  reload();
});

setInterval(reload, LOOK);
