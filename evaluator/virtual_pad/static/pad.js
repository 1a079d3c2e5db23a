// The virtual pad's page: draws what the pad shows, presses its keys. Plain DOM; runs on Chromium 83.

const ASK_EVERY_MS = 300;
const LINES = 24;

const $ = (id) => document.getElementById(id);

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
  for (const { key, zh, en } of face.keys) {
    const button = element("button", "", "");
    button.type = "button";
    button.dataset.key = key;
    button.append(element("span", "zh", zh), element("span", "en", en));
    button.addEventListener("click", () => post("/press", { key }));
    $("keys").append(button);
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
  const display = face.displays[state.face];
  $("display").className = `display ${state.face}`;
  $("showing").textContent = state.showing;
  $("showing-en").textContent = display ? display.en : "";
  const note = trouble(state, face.words);
  $("note").className = note ? "note amber" : "note";
  write($("note"), note);
  write($("cable"), state.plugged ? face.words.unplug : face.words.plug);
  $("cable").dataset.next = state.plugged ? "/unplug" : "/plug";
  for (const button of $("keys").children) {
    button.classList.toggle("last", Number(button.dataset.key) === state.pressed);
  }
  $("log").textContent = "";
  for (const entry of state.log.slice(-LINES).reverse()) $("log").append(line(entry, face.words));
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
      $("note").className = "note amber";
      write($("note"), face.words.lost);
    }
    await new Promise((done) => setTimeout(done, ASK_EVERY_MS));
  }
}

run();
