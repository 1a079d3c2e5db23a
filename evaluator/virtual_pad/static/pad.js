// The virtual pad's page: draws what the pad shows, presses its keys. Plain DOM; runs on Chromium 83.

import { $, drawRest, element, post, run } from "./device_page.js";

const ASK_EVERY_MS = 300;

function drawKeys(face) {
  $("keys").style.gridTemplateColumns = `repeat(${Math.min(face.keys.length, 5)}, minmax(0, 1fr))`;
  $("keys").classList.toggle("many", face.keys.length > 4);
  for (const { key, zh, en } of face.keys) {
    const button = element("button", "", "");
    button.type = "button";
    button.dataset.key = key;
    button.append(element("span", "zh", zh), element("span", "en", en));
    button.addEventListener("click", () => post("/press", { key }));
    $("keys").append(button);
  }
}

function draw(state, face) {
  const display = face.displays[state.face];
  $("display").className = `display ${state.face}`;
  $("showing").textContent = state.showing;
  $("showing-en").textContent = display ? display.en : "";
  $("clerk").textContent = state.clerk;
  for (const button of $("keys").children) {
    button.classList.toggle("last", Number(button.dataset.key) === state.pressed);
  }
  drawRest(state, face);
}

run(drawKeys, draw, ASK_EVERY_MS);
