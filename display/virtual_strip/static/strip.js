// The virtual strip's page: its LEDs, its faults, its record. Plain DOM; runs on Chromium 83.

const ASK_EVERY_MS = 200;
const LINES = 16;
const FAULTS = ["mute", "corrupt", "off"];

const $ = (id) => document.getElementById(id);

async function get(path) {
  const answer = await fetch(path);
  return answer.json();
}

function post(path, body) {
  return fetch(path, { method: "POST", body: JSON.stringify(body) });
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

function button(name, words, press) {
  const made = element("button", "", "");
  made.type = "button";
  made.id = name;
  write(made, words);
  made.addEventListener("click", press);
  $("faults").append(made);
}

function drawButtons(words) {
  for (const name of FAULTS) {
    button(name, words[name], () => post("/fault", { [name]: $(name).getAttribute("aria-pressed") !== "true" }));
  }
  button("unplugged", words.unplugged, () => post("/cable", { plugged: $("unplugged").getAttribute("aria-pressed") === "true" }));
}

function line(entry, words) {
  const row = element("tr", entry.way, "");
  const what = element("td", "", "");
  if (entry.hex) what.append(element("code", "", entry.hex));
  if (entry.text) what.append(element("span", "what", entry.text));
  const at = new Date(entry.at).toTimeString().slice(0, 8);
  row.append(element("td", "at", at), element("td", "way", words[entry.way].zh), what);
  return row;
}

function draw(state, words) {
  const drawn = `/picture.png?${state.frames}-${state.off}`;
  if ($("leds").getAttribute("src") !== drawn) $("leds").src = drawn;
  $("leds").alt = state.text;
  $("text").textContent = state.text;
  for (const name of FAULTS) $(name).setAttribute("aria-pressed", state[name]);
  $("unplugged").setAttribute("aria-pressed", !state.plugged);
  write($("note"), null);
  $("log").textContent = "";
  for (const entry of state.log.slice(-LINES).reverse()) $("log").append(line(entry, words));
}

async function run() {
  const words = await get("/face");
  const { window: number } = await get("/state");
  const title = { zh: words.window.zh.replace("{window}", number), en: words.window.en.replace("{window}", number) };
  document.title = title.zh;
  write($("title"), title);
  write($("heard"), words.heard);
  drawButtons(words);
  for (;;) {
    try {
      draw(await get("/state"), words);
    } catch (error) {
      write($("note"), words.lost);
    }
    await new Promise((done) => setTimeout(done, ASK_EVERY_MS));
  }
}

run();
