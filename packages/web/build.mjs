// Builds the console into `dist`, unless what is there was built from the same sources. Plain Node, since the broker starts it too:
// everything it says goes to stderr. The build is made beside its place and then takes it, so that nobody sees half of one.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const WEB = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(WEB));
const DIST = join(WEB, "dist");
/** Written last: what a build was made from. It is no part of what is served. */
const STAMP = join(DIST, ".built-from");

/**
 * A hash over all that the console is made of: its own files, the packages of this repository that it draws on, and the lockfile.
 *
 * @returns {string}
 */
export function sourcesKey() {
  const hash = createHash("sha256");
  const add = (/** @type {string} */ path) => {
    const bytes = readFileSync(join(ROOT, path));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  };
  add("package-lock.json");
  for (const name of ["build.mjs", "index.html", "package.json", "vite.config.mjs"]) add(`packages/web/${name}`);
  for (const folder of [
    "web/src",
    "web/public",
    "client/src",
    "core/src",
    "wire/src",
    "intake/src",
    "store/src",
    "server/src",
  ])
    for (const path of filesBelow(`packages/${folder}`)) add(path);
  return hash.digest("hex");
}

/** @param {string} folder */
function filesBelow(folder) {
  /** @type {string[]} */
  const found = [];
  const waiting = [folder];
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    for (const entry of readdirSync(join(ROOT, here), { withFileTypes: true })) {
      const path = `${here}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      else if (!/\.(?:spec|fixture)\.tsx?$/.test(entry.name)) found.push(path);
    }
  }
  return found.sort();
}

/** @returns {boolean} whether there is a whole build of the sources as they are */
export function isBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === sourcesKey();
}

async function build() {
  // Whoever builds it, tests for one: what is served is React without its checks for developers.
  process.env["NODE_ENV"] = "production";
  const { build: bundle } = await import("vite");
  const key = sourcesKey();
  const suffix = `${process.pid}-${randomBytes(4).toString("hex")}`;
  const building = join(WEB, `.building-${suffix}`);
  const old = join(WEB, `.old-${suffix}`);
  const from = performance.now();
  process.stderr.write("offtake: building the console ...\n");
  try {
    await bundle({ root: WEB, logLevel: "error", build: { outDir: building, emptyOutDir: true } });
    const page = join(building, "index.html");
    // A page that is open is told of another build by the broker, and knows its own by this.
    writeFileSync(page, readFileSync(page, "utf8").replace('content="development"', `content="${key.slice(0, 16)}"`));
    writeFileSync(join(building, ".built-from"), key);
    if (existsSync(DIST)) renameSync(DIST, old);
    try {
      renameSync(building, DIST);
    } catch (error) {
      // Somebody else was first, with the same sources.
      if (!isBuilt()) throw error;
    }
  } finally {
    for (const left of [building, old]) rmSync(left, { recursive: true, force: true });
  }
  process.stderr.write(`offtake: the console is built (${((performance.now() - from) / 1_000).toFixed(1)} s)\n`);
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1] && !isBuilt()) await build();
