/** Signing in: once the session is there, the same address shows what is behind it. */

import { post } from "./api.js";
import { tellSignIn } from "./beside.js";
import { byId } from "./dom.js";

const form = byId("login");
const button = byId("sign-in");
const notice = byId("notice");

button.disabled = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  notice.hidden = true;
  const { status, body } = await post("/api/v1/login", {
    username: form.elements.username.value.trim(),
    password: form.elements.password.value,
  });
  if (status === 200) {
    tellSignIn();
    window.location.reload();
    return;
  }
  button.removeAttribute("aria-busy");
  notice.textContent = body.error.message;
  notice.hidden = false;
  form.elements.password.select();
});
