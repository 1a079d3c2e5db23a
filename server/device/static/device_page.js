// What the pages of virtual devices with keys have in common. Plain DOM; runs on Chromium 83.

const LINES = 24;

export const $ = (id) => document.getElementById(id);

export async function get(path) {
  const answer = await fetch(path);
  return answer.json();
}

export function post(path, body) {
  return fetch(path, { method: "POST", body: JSON.stringify(body || {}) });
}

export function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export function write(place, words) {
  place.textContent = "";
  if (words) place.append(element("span", "zh", words.zh), element("span", "en", words.en));
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

function drawNote(note) {
  $("note").className = note ? "note amber" : "note";
  write($("note"), note);
}

/** Draw what every device has: its note, its cable and its record. */
export function drawRest(state, face) {
  drawNote(trouble(state, face.words));
  write($("cable"), state.plugged ? face.words.unplug : face.words.plug);
  $("cable").dataset.next = state.plugged ? "/unplug" : "/plug";
  $("log").textContent = "";
  for (const entry of state.log.slice(-LINES).reverse()) $("log").append(line(entry, face.words));
}

/** Say that the device answers no more. */
export function lost(face) {
  drawNote(face.words.lost);
}

/** Draw the device's face once, and its state every so many milliseconds. */
export async function run(drawFace, draw, everyMs) {
  const face = await get("/face");
  document.title = face.words.window.zh;
  write($("title"), face.words.window);
  write($("heard"), face.words.heard);
  drawFace(face);
  $("cable").addEventListener("click", () => post($("cable").dataset.next));
  for (;;) {
    try {
      draw(await get("/state"), face);
    } catch (error) {
      lost(face);
    }
    await new Promise((done) => setTimeout(done, everyMs));
  }
}
