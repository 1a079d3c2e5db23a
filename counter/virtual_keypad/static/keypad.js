// The virtual keypad's page: draws what the keypad shows, presses its keys. Plain DOM; runs on Chromium 83.

import { drawSegments } from "./segments.js";

const ASK_EVERY_MS = 250;
const LINES = 24;
const CELLS = 8;
const BEEP_MS = 900;

const $ = (id) => document.getElementById(id);
let beeps = null;

async function get(path) {
  const answer = await fetch(path);
  return answer.json();
}

function post(path, body) {
  return fetch(path, { method: "POST", body: JSON.stringify(body || {}) });
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function write(place, words) {
  place.textContent = "";
  if (words) place.append(element("span", "zh", words.zh), element("span", "en", words.en));
}

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

function line(entry, words) {
  const row = element("tr", entry.way, "");
  const what = element("td", "", "");
  if (entry.hex) what.append(element("code", "", entry.hex));
  if (entry.what) what.append(element("span", "what", entry.what));
  const at = new Date(entry.at).toTimeString().slice(0, 8);
  row.append(element("td", "at", at), element("td", "way", words[entry.way].zh), what);
  return row;
}

function trouble(state, words) {
  if (!state.plugged) return words.unplugged;
  if (state.waiting && state.tries > 1) return words.waiting;
  if (state.pressed !== null && !state.waiting && !state.acked) return words.unacknowledged;
  return null;
}

function draw(state, face) {
  drawSegments($("cells"), state.plugged ? state.showing : "", CELLS);
  $("cells").classList.toggle("typing", state.typed !== "");
  const read = state.showing.replace(/_/g, " ").trim() || face.words.blank.zh;
  const spoken = `${face.words.display.zh} ${read}`;
  if ($("spoken").textContent !== spoken) $("spoken").textContent = spoken;
  if (beeps !== null && state.beeps > beeps) flash();
  beeps = state.beeps;
  const note = trouble(state, face.words);
  $("note").className = note ? "note amber" : "note";
  write($("note"), note);
  write($("cable"), state.plugged ? face.words.unplug : face.words.plug);
  $("cable").dataset.next = state.plugged ? "/unplug" : "/plug";
  $("log").textContent = "";
  for (const entry of state.log.slice(-LINES).reverse()) $("log").append(line(entry, face.words));
}

function flash() {
  $("lamp").classList.add("on");
  setTimeout(() => $("lamp").classList.remove("on"), BEEP_MS);
}

function lost(face) {
  $("note").className = "note amber";
  write($("note"), face.words.lost);
}

async function run() {
  const face = await get("/face");
  document.title = face.words.window.zh;
  write($("title"), face.words.window);
  write($("heard"), face.words.heard);
  drawKeys(face);
  $("cable").addEventListener("click", () => post($("cable").dataset.next));
  for (;;) {
    try {
      draw(await get("/state"), face);
    } catch (error) {
      lost(face);
    }
    await new Promise((done) => setTimeout(done, ASK_EVERY_MS));
  }
}

run();
