// Fails when one of our own scripts uses syntax newer than the oldest kiosk browser (Chromium 83) can parse.
// esbuild would rewrite such syntax: a script whose output differs between that target and today's is too new.
// Looks into the five rooms, or into the folders named as arguments.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { transform } from "esbuild";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const ROOMS = ["server", "kiosk", "display", "counter", "evaluator"];
const OLDEST_BROWSER = "chrome83";

function* scriptsIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "vendor") yield* scriptsIn(path);
    else if (entry.isFile() && /\.m?js$/.test(entry.name)) yield path;
  }
}

async function complaint(path) {
  const source = readFileSync(path, "utf8");
  const name = relative(ROOT, path);
  try {
    const [old, current] = await Promise.all(
      [OLDEST_BROWSER, "esnext"].map((target) => transform(source, { target, sourcefile: name, logLevel: "silent" })),
    );
    return old.code === current.code ? null : `${name}: syntax newer than ${OLDEST_BROWSER}`;
  } catch (error) {
    return `${name}: ${error.message}`;
  }
}

const folders = process.argv.length > 2 ? process.argv.slice(2) : ROOMS.map((room) => join(ROOT, room));
const scripts = folders.flatMap((folder) => [...scriptsIn(folder)]);
const complaints = (await Promise.all(scripts.map(complaint))).filter(Boolean);
for (const line of complaints) console.error(line);
if (complaints.length > 0) process.exitCode = 1;
