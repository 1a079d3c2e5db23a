// Builds the browser packages of package.json into server/web/static/vendor/, with their licence texts.
// Run by `npm run vendor` after `npm ci`; does nothing when the result is up to date.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const TARGET = join(ROOT, "server", "web", "static", "vendor");
const STAMP = join(TARGET, "vendor.json");

// Chromium 80 is older than every browser the halls run: 83 is the oldest kiosk shell met.
const OLDEST_BROWSER = "chrome80";

const BUNDLES = {
  "socket.io.esm.min.js": "scripts/bundles/socket.io.mjs",
  "echarts.js": "scripts/bundles/echarts.mjs",
};

const LEGAL_FILE = /^(licen[cs]e|notice|copyright)/i;

/** One hash over everything the result depends on. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const file of ["package-lock.json", "scripts/vendor.mjs", ...Object.values(BUNDLES)]) {
    hash.update(readFileSync(join(ROOT, file)));
  }
  return hash.digest("hex");
}

function isUpToDate(wanted) {
  if (!existsSync(STAMP)) return false;
  const { fingerprint: built, files } = JSON.parse(readFileSync(STAMP, "utf8"));
  return built === wanted && files.every((file) => existsSync(join(TARGET, file)));
}

/** Names of the npm packages that esbuild's inputs came from: "node_modules/@scope/name/lib/x.js" → "@scope/name". */
function packagesOf(metafile) {
  const names = Object.keys(metafile.inputs).map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path));
  return names.filter(Boolean).map((match) => match[1]);
}

/** All licence and notice texts of a package, those in its `licenses/` folder included, as one text. */
function legalText(name) {
  const folder = join(ROOT, "node_modules", name);
  const texts = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!LEGAL_FILE.test(entry.name)) continue;
    const path = join(folder, entry.name);
    const files = entry.isDirectory() ? readdirSync(path).map((file) => join(path, file)) : [path];
    texts.push(...files.map((file) => readFileSync(file, "utf8").trim()));
  }
  if (texts.length === 0) throw new Error(`${name} ships no licence text; it may not be distributed without one`);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version}\n\n${texts.join("\n\n----\n\n")}\n`;
}

async function bundle(esbuild, name, entry) {
  const { metafile } = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: join(TARGET, name),
    bundle: true,
    format: "esm",
    legalComments: "none", // the texts are written beside the bundles, whole
    metafile: true,
    minify: true,
    target: OLDEST_BROWSER,
  });
  return packagesOf(metafile);
}

async function main() {
  const wanted = fingerprint();
  if (isUpToDate(wanted)) return;
  const esbuild = await import("esbuild").catch(() => {
    throw new Error("esbuild is not installed: run `npm ci` first");
  });
  rmSync(TARGET, { recursive: true, force: true });
  mkdirSync(join(TARGET, "licenses"), { recursive: true });
  const bundles = Object.entries(BUNDLES);
  const packages = await Promise.all(bundles.map(([name, entry]) => bundle(esbuild, name, entry)));
  const licences = [...new Set(packages.flat())].sort().map((name) => {
    const file = `licenses/${name.replace("/", "+")}.txt`;
    writeFileSync(join(TARGET, file), legalText(name));
    return file;
  });
  const files = [...Object.keys(BUNDLES), ...licences];
  writeFileSync(STAMP, `${JSON.stringify({ fingerprint: wanted, files }, null, 2)}\n`);
  console.log(`${files.length} files in server/web/static/vendor`);
}

await main();
