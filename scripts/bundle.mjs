// The command's sources built into a few files that start in a fifth of the time: built once by the esbuild that tsx brings, kept
// in a cache, and used as long as the sources are, byte by byte, what they were. Decision 0007 says why.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { bundler, ownPlace } from "./build.mjs";
import { ROOT } from "./setup.mjs";

const ENTRY = "packages/cli/src/main.ts";
/** Written last into a build: what belongs to it, with its sizes. A build without it, or not like it, is none. */
const LIST = "files.json";
/** Builds of other sources that are kept: of another branch, or of a process that still runs. */
const KEPT = 4;
/** No build is removed before: a process that runs for long may still load a part of its own. */
const KEPT_MS = 15 * 60_000;
const BUILDING = ".building-";

/**
 * The built command, built now if it is not there yet. Several processes may do so at once: each builds in a folder of its own,
 * and the first to finish gives it its name.
 *
 * @param {{ root?: string, env?: Record<string, string | undefined>, home?: string }} [options]
 * @returns {Promise<string | undefined>} the file to import; undefined where nothing can be kept or built, and the sources are to
 *   be run as they are
 */
export async function builtCommand({ root = ROOT, env = process.env, home = homedir() } = {}) {
  if (env["OFFTAKE_CACHE"] === "off") return undefined;
  const key = keyOf(root);
  const folders = cachesOf(root, env, home);
  for (const folder of folders) {
    const build = join(folder, key);
    if (isWhole(build)) return join(build, "main.mjs");
  }
  for (const folder of folders) {
    const building = makeRoom(folder);
    if (building === undefined) continue;
    try {
      // Sources that changed while they were built: what was built has no key.
      if (!(await build(root, building)) || keyOf(root) !== key) return undefined;
      keep(building, join(folder, key));
      removeOld(folder, key);
      return join(folder, key, "main.mjs");
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  }
  return undefined;
}

/**
 * Where builds may be kept: in the clone, or where the clone cannot be written, with the user's own caches. Never in a folder that
 * others may write in.
 *
 * @param {string} root
 * @param {Record<string, string | undefined>} env
 * @param {string} home
 */
function cachesOf(root, env, home) {
  const named = env["OFFTAKE_CACHE"];
  if (named !== undefined && named !== "") return [named];
  return [join(root, "node_modules/.cache/offtake"), join(env["XDG_CACHE_HOME"] || join(home, ".cache"), "offtake")];
}

/**
 * A hash over all that a build depends on: the bytes of the sources and manifests, the lockfile, what builds, and where the clone
 * stands, since modules know their own place.
 *
 * @param {string} root
 */
function keyOf(root) {
  const hash = createHash("sha256").update(`${root}\0`);
  const add = (/** @type {string} */ path) => {
    const bytes = readFileSync(join(root, path));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  };
  for (const script of [import.meta.url, new URL("build.mjs", import.meta.url)])
    hash.update(readFileSync(new URL(script)));
  add("package-lock.json");
  for (const folder of packagesOf(root)) {
    add(`${folder}/package.json`);
    for (const path of sourcesBelow(root, `${folder}/src`)) add(path);
  }
  return hash.digest("hex").slice(0, 32);
}

/**
 * The command's own package, and those of this repository that it stands on.
 *
 * @param {string} root
 */
function packagesOf(root) {
  const found = ["packages/cli"];
  for (const folder of found) {
    const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      const other = name.replace(/^@offtake\//, "packages/");
      if (other !== name && !found.includes(other)) found.push(other);
    }
  }
  return found;
}

/**
 * @param {string} root
 * @param {string} folder
 */
function sourcesBelow(root, folder) {
  /** @type {string[]} */
  const found = [];
  const waiting = [folder];
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    for (const entry of readdirSync(join(root, here), { withFileTypes: true })) {
      const path = `${here}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      else if (!/\.(spec|fixture)\.ts$/.test(entry.name)) found.push(path);
    }
  }
  return found.sort();
}

/**
 * A cache may lose single files to whoever tidies up: every file of the list is there with its size, or there is no build.
 *
 * @param {string} build
 */
function isWhole(build) {
  try {
    const files = /** @type {[string, number][]} */ (JSON.parse(readFileSync(join(build, LIST), "utf8")));
    return files.every(([name, size]) => statSync(join(build, name)).size === size);
  } catch {
    return false;
  }
}

/**
 * @param {string} folder
 * @returns {string | undefined} a new folder in it; undefined where none can be made
 */
function makeRoom(folder) {
  const building = join(folder, `${BUILDING}${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    mkdirSync(building, { recursive: true, mode: 0o700 });
    return building;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {Promise<boolean>} false where the sources do not build: run as they are, they say why
 */
async function build(root, folder) {
  try {
    const { outputFiles } = await bundler().build({
      absWorkingDir: root,
      entryPoints: { main: join(root, ENTRY) },
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      // A tsconfig of the folders around the clone has no say.
      tsconfigRaw: "{}",
      // Less to read at each start. Names stay: what goes wrong is told with a stack that can be read.
      minifyWhitespace: true,
      minifySyntax: true,
      sourcemap: "linked",
      sourcesContent: false,
      // Packages that are written for `require` find it here.
      banner: {
        js: 'import { createRequire as $require } from "node:module"; const require = $require(import.meta.url);',
      },
      plugins: [ownPlace, noLocales, ownFonts(root)],
      write: false,
      logLevel: "silent",
    });
    for (const { path, contents } of outputFiles) writeFileSync(path, contents);
    const list = outputFiles.map(({ path, contents }) => [path.slice(path.lastIndexOf(sep) + 1), contents.length]);
    writeFileSync(join(folder, LIST), JSON.stringify(list));
    return true;
  } catch {
    return false;
  }
}

/**
 * What letters are set with finds its fonts beside itself, by names that only it knows: it stays where it is.
 *
 * @param {string} root
 * @returns {import("esbuild").Plugin}
 */
const ownFonts = (root) => ({
  name: "own-fonts",
  setup(made) {
    made.onResolve({ filter: /^pdfkit$/ }, () => {
      const from = createRequire(join(root, "packages/server/package.json"));
      return { path: pathToFileURL(from.resolve("pdfkit")).href, external: true };
    });
  },
});

/** Words for problems in fifty languages come with zod, half of what there is to read; ours are our own. */
/** @type {import("esbuild").Plugin} */
const noLocales = {
  name: "no-locales",
  setup(made) {
    made.onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
      loader: "js",
    }));
  },
};

/**
 * Gives a finished build its name. Where another process was first its build stays; where what is there is no whole build, it is
 * put aside.
 *
 * @param {string} building
 * @param {string} place
 */
function keep(building, place) {
  for (let attempt = 0; !isWhole(place); attempt += 1) {
    try {
      renameSync(building, place);
      return;
    } catch (error) {
      if (attempt === 3) throw error;
      if (existsSync(place) && !isWhole(place)) rmSync(place, { recursive: true, force: true });
    }
  }
}

/**
 * Builds of sources that are no more, and what killed processes left.
 *
 * @param {string} folder
 * @param {string} key of the build in use
 */
function removeOld(folder, key) {
  const now = Date.now();
  const others = readdirSync(folder)
    .filter((name) => name !== key)
    .map((name) => ({ name, age: now - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? now) }))
    .sort((a, b) => a.age - b.age);
  const isLeft = (/** @type {string} */ name) => name.startsWith(BUILDING);
  const builds = others.filter(({ name }) => !isLeft(name)).slice(KEPT);
  for (const { name, age } of [...builds, ...others.filter((one) => isLeft(one.name))]) {
    if (age > KEPT_MS) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
