// Prints the path of a Chromium that looks at pages: the one that is here, one installed from Debian, or one that an npm package carries,
// put into a folder of its own and saved nowhere. Where none can be had it says why each way failed, and ends with 1. Plain Node:
// `.ci/run` starts it. `--from system,debian,npm` tries only these.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromiumPath } from "./chromium.mjs";

/** Carries a Chromium for Linux; newer ones want a newer Node. */
const PACKAGE = "@sparticuz/chromium@147.0.0";

/** @typedef {() => Promise<string | undefined> | string | undefined} Way */

/** @type {Readonly<Record<string, Way>>} */
const WAYS = { system: () => chromiumPath(), debian: fromDebian, npm: fromNpm };

/** @returns {string | undefined} */
function fromDebian() {
  if (process.platform !== "linux") throw new Error("only where there is apt-get");
  const [program, ...first] = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
  const apt = (/** @type {string[]} */ ...args) =>
    execFileSync(program ?? "", [...first, ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "pipe"],
      timeout: 300_000,
    });
  apt("update", "-qq");
  apt("install", "-y", "-qq", "--no-install-recommends", "chromium");
  return chromiumPath();
}

/** Into a folder of its own: neither the lockfile nor the modules of this repository know of it. */
async function fromNpm() {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("the package carries one for Linux on x64 alone");
  const folder = join(tmpdir(), `offtake-chromium-${PACKAGE.split("@").at(-1)}`);
  mkdirSync(folder, { recursive: true });
  const npm = [
    "install",
    "--prefix",
    folder,
    "--no-save",
    "--no-package-lock",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
  ];
  execFileSync("npm", [...npm, PACKAGE], { cwd: folder, stdio: ["ignore", "ignore", "pipe"], timeout: 300_000 });
  const carried = join(folder, "node_modules/@sparticuz/chromium/build/esm/index.js");
  const { default: chromium } = await import(pathToFileURL(carried).href);
  return /** @type {Promise<string>} */ (chromium.executablePath());
}

/**
 * @param {readonly string[]} ways
 * @returns {Promise<{ path: string } | { failures: readonly string[] }>}
 */
export async function obtainChromium(ways = Object.keys(WAYS)) {
  const failures = [];
  for (const name of ways) {
    const way = WAYS[name];
    if (way === undefined) throw new Error(`there is no way ${name}; there are ${Object.keys(WAYS).join(", ")}`);
    try {
      const path = await way();
      if (path !== undefined) return { path };
      failures.push(`${name}: none is there`);
    } catch (error) {
      const { stderr, message } = /** @type {{ stderr?: Buffer, message: string }} */ (error);
      const said = stderr?.toString("utf8").trim().split("\n").at(-1) ?? "";
      failures.push(`${name}: ${said === "" ? message : said}`);
    }
  }
  return { failures };
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) {
  const { values } = parseArgs({ options: { from: { type: "string" } } });
  const found = await obtainChromium(values.from?.split(","));
  if ("path" in found) process.stdout.write(`${found.path}\n`);
  else {
    process.stderr.write(`No Chromium can be had here, so no page can be looked at.\n`);
    for (const failure of found.failures) process.stderr.write(`  ${failure}\n`);
    process.stderr.write("Put one on the path, or name one in CHROMIUM.\n");
    process.exitCode = 1;
  }
}
