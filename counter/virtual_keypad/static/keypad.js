// The virtual keypad's page: draws what the keypad shows, presses its keys. Plain DOM; runs on Chromium 83.

import { $, drawRest, element, get, lost, post, run } from "./device_page.js";
import { drawSegments } from "./segments.js";

const ASK_EVERY_MS = 250;
const CELLS = 8;
const BEEP_MS = 900;

let beeps = null;

function drawKeys(face) {
  const hints = {};
  for (const { key, zh, en, hint, block } of face.keys) {
    if (!key) {
      $(block).append(element("span", "no-key", ""));
      continue;
    }
    const button = element("button", `key key-${key}`, "");
    button.type = "button";
    button.dataset.key = key;
    button.append(element("span", "zh", zh));
    if (en) button.append(element("span", "en", en), element("kbd", "hint", hint));
    button.addEventListener("click", () => press(key, face));
    $(block).append(button);
    hints[hint.toLowerCase()] = button;
  }
  hints.escape = hints.esc;
  document.addEventListener("keydown", (event) => {
    const button = hints[event.key.toLowerCase()];
    const onButton = event.target instanceof HTMLButtonElement && event.key === "Enter";
    if (!button || event.repeat || event.ctrlKey || event.altKey || event.metaKey || onButton) return;
    event.preventDefault();
    button.classList.add("down");
    setTimeout(() => button.classList.remove("down"), 120);
    press(button.dataset.key, face);
  });
}

async function press(key, face) {
  try {
    await post("/press", { key });
    draw(await get("/state"), face);
  } catch (error) {
    lost(face);
  }
}

function draw(state, face) {
  drawSegments($("cells"), state.plugged ? state.showing : "", CELLS);
  $("cells").classList.toggle("typing", state.typed !== "");
  const read = state.showing.replace(/_/g, " ").trim() || face.words.blank.zh;
  const spoken = `${face.words.display.zh} ${read}`;
  if ($("spoken").textContent !== spoken) $("spoken").textContent = spoken;
  if (beeps !== null && state.beeps > beeps) flash();
  beeps = state.beeps;
  drawRest(state, face);
}

function flash() {
  $("lamp").classList.add("on");
  setTimeout(() => $("lamp").classList.remove("on"), BEEP_MS);
}

run(drawKeys, draw, ASK_EVERY_MS);
