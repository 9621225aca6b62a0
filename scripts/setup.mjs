// Makes a clone ready to run: checks Node and installs the packages of package-lock.json when they are not there yet.
// Plain Node without any package, since it runs before there are any. Everything it says goes to stderr, so that a command
// started through it keeps its stdout clean.
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const OLDEST_NODE = [20, 19];
const STAMP = "node_modules/.offtake-setup";
const LOCK = ".offtake-setup.lock";
const HEARTBEAT_MS = 1_000;
/** A lock that nobody has touched for this long belongs to a process that is gone, whatever its number says. */
const ABANDONED_MS = 30_000;

/** Ends in an error whose message is one line for the user; the callers print it and exit. */
export class SetupError extends Error {}

/**
 * Installs the packages if the ones there are not those of the lockfile. Two processes that start at once take turns: the second
 * waits and then finds nothing left to do.
 *
 * @param {string} [root] the repository's root
 * @returns {Promise<void>}
 */
export async function setUp(root = ROOT) {
  refuseOldNode(process.versions.node);
  if (isInstalled(root)) return;
  const lock = await takeLock(root);
  try {
    if (!isInstalled(root)) await install(root, lock);
  } finally {
    lock.release();
  }
}

/**
 * For the scripts: sets up, or prints the one line and ends the process with code 1.
 *
 * @returns {Promise<void>}
 */
export async function setUpOrExit() {
  try {
    await setUp();
  } catch (error) {
    process.stderr.write(`offtake: ${error instanceof SetupError ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** @param {string} version as in `process.versions.node` */
export function refuseOldNode(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new SetupError(`Node ${OLDEST_NODE.join(".")} or newer is needed; this is Node ${version}.`);
}

/**
 * @param {string} root
 * @returns {boolean} whether the installed packages are those of the lockfile
 */
export function isInstalled(root) {
  const wanted = stampText(root);
  if (readText(join(root, STAMP)) === wanted) return true;
  if (!matchesLockfile(root)) return false;
  writeFileSync(join(root, STAMP), wanted);
  return true;
}

/** @param {string} root */
function stampText(root) {
  const lockfile = readText(join(root, "package-lock.json"));
  if (lockfile === undefined) throw new SetupError(`package-lock.json is missing in ${root}.`);
  return `${createHash("sha256").update(lockfile).digest("hex")} ${process.platform} ${process.arch}\n`;
}

/**
 * A person or a build server may have run `npm ci` already. npm writes node_modules/.package-lock.json at the end of an install,
 * so a list that holds every package at the version of the lockfile is a finished install.
 *
 * @param {string} root
 */
function matchesLockfile(root) {
  const wanted = lockedPackages(join(root, "package-lock.json"));
  const found = lockedPackages(join(root, "node_modules/.package-lock.json"));
  if (wanted === undefined || found === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith("node_modules/")) return true;
    const installed = found[path];
    if (installed === undefined) return entry.optional === true;
    return installed.version === entry.version && installed.integrity === entry.integrity;
  });
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | undefined}
 */
function lockedPackages(path) {
  const text = readText(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text).packages;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} root
 * @param {SetupLock} lock
 */
async function install(root, lock) {
  process.stderr.write("offtake: installing the packages of package-lock.json (npm ci) ...\n");
  const code = await runNpmCi(root, lock);
  if (code !== 0) throw new SetupError(`npm ci failed with code ${code}; nothing was started.`);
  writeFileSync(join(root, STAMP), stampText(root));
}

/**
 * @param {string} root
 * @param {SetupLock} lock also held by npm, which lives on when this process is killed
 * @returns {Promise<number>} npm's exit code
 */
function runNpmCi(root, lock) {
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  // Under `npm start` npm names its own file; without it (`node scripts/setup.mjs`) the one on the path is taken.
  const known = npm !== undefined && basename(npm) === "npm-cli.js";
  return new Promise((resolve, reject) => {
    const child = spawn(known ? process.execPath : "npm", known ? [npm, ...args] : args, {
      cwd: root,
      stdio: ["ignore", 2, 2],
      shell: !known && process.platform === "win32",
    });
    if (child.pid !== undefined) lock.shareWith(child.pid);
    child.once("error", (error) => reject(new SetupError(`npm could not be started: ${error.message}`)));
    child.once("exit", (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
}

/** @typedef {{ shareWith: (pid: number) => void, release: () => void }} SetupLock */

/**
 * Takes the lock file of the root, waiting for another setup that holds it.
 *
 * @param {string} root
 * @returns {Promise<SetupLock>}
 */
async function takeLock(root) {
  const path = join(root, LOCK);
  const token = randomBytes(8).toString("hex");
  const text = (/** @type {number[]} */ ...pids) => JSON.stringify({ pids, host: hostname(), token });
  let mine = text(process.pid);
  let said = false;
  while (!tryCreate(path, mine)) {
    const holder = readText(path);
    if (holder !== undefined && isAbandoned(path, holder)) {
      removeIfStill(path, holder);
      continue;
    }
    if (!said) process.stderr.write("offtake: another process is installing the packages; waiting for it ...\n");
    said = true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const beat = setInterval(() => touch(path), HEARTBEAT_MS);
  return {
    shareWith(pid) {
      mine = text(process.pid, pid);
      writeFileSync(path, mine);
    },
    release() {
      clearInterval(beat);
      removeIfStill(path, mine);
    },
  };
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {boolean} false when another process was first
 */
function tryCreate(path, text) {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw new SetupError(`cannot write in ${dirname(path)}: ${String(error)}`);
  }
}

/**
 * @param {string} path
 * @param {string} text what the lock file holds
 */
function isAbandoned(path, text) {
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > ABANDONED_MS) return true;
  try {
    const holder = JSON.parse(text);
    return holder.host === hostname() && holder.pids.every((/** @type {number} */ pid) => !isAlive(pid));
  } catch {
    return false; // Read in the middle of being written.
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}

/**
 * Removes the lock only while it is the one that was read: it is moved aside first, which only one process can do, and looked
 * at again there.
 *
 * @param {string} path
 * @param {string} expected
 */
function removeIfStill(path, expected) {
  if (readText(path) !== expected) return;
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readText(aside);
  rmSync(aside, { force: true });
  if (moved !== undefined && moved !== expected) tryCreate(path, moved);
}

/** @param {string} path */
function touch(path) {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // The lock was taken away from under us: the next process may install again, which is harmless.
  }
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** @param {unknown} error */
function errorCode(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) await setUpOrExit();
