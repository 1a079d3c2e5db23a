/** Signing in to the leader's page: the same address shows the report once the session is there. */

import { post } from "/static/web/js/api.js";
import { byId, setText } from "/static/web/js/dom.js";

const form = byId("login");
const button = form.querySelector("button");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const { username, password } = form.elements;
  const { status, body } = await post("/api/v1/login", { username: username.value.trim(), password: password.value });
  if (status === 200) {
    location.reload();
    return;
  }
  button.removeAttribute("aria-busy");
  byId("login-strip").hidden = false;
  setText(byId("login-words"), body.error.message);
  password.value = "";
  password.focus();
});
