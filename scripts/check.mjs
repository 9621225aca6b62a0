// `npm run check`: what must hold about the sources themselves. Runs every step, also after a failure, and lists those that
// failed. `npm run check -- types lint` runs only the steps whose names begin so.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ROOT, setUpOrExit } from "./setup.mjs";

/** @typedef {{ name: string, args: string[] }} Step */

const bin = (/** @type {string} */ path) => join(ROOT, "node_modules", path);
const vitest = (/** @type {string} */ folder) => [bin("vitest/vitest.mjs"), "run", "--reporter=dot", folder];

/** @returns {Step[]} */
function steps() {
  return [
    ...typeSteps(),
    { name: "lint", args: [bin("oxlint/bin/oxlint"), "--deny-warnings"] },
    { name: "format", args: [bin("@biomejs/biome/bin/biome"), "format", "."] },
    { name: "import arrows", args: vitest("tools/arrows") },
    { name: "purity of the core", args: vitest("tools/purity") },
    { name: "rules and their tests", args: vitest("tools/spec-rules") },
    { name: "pins and lockfile", args: vitest("tools/pins") },
    { name: "links of documents", args: vitest("tools/links") },
    { name: "unused code", args: [bin("knip/bin/knip.js")] },
    { name: "generated files", args: [join(ROOT, "scripts/generate.mjs"), "--check"] },
  ];
}

/** One step for each tsconfig, so that a failure names the package; a package without sources yet has nothing to check. */
function typeSteps() {
  const packages = readdirSync(join(ROOT, "packages")).map((name) => join(ROOT, "packages", name));
  const configs = [ROOT, ...packages].flatMap((folder) =>
    ["tsconfig.json", "tsconfig.specs.json"].map((file) => join(folder, file)).filter((path) => existsSync(path)),
  );
  return configs.filter(hasSources).map((path) => ({
    name: `types ${relative(ROOT, path)}`,
    args: [bin("typescript/bin/tsc"), "-p", path],
  }));
}

/** @param {string} config */
function hasSources(config) {
  if (dirname(config) === ROOT) return true;
  const sources = join(dirname(config), "src");
  const suffix = config.endsWith("tsconfig.specs.json") ? /\.spec\.tsx?$/ : /\.tsx?$/;
  return existsSync(sources) && readdirSync(sources, { recursive: true }).some((path) => suffix.test(String(path)));
}

/**
 * @param {Step} step
 * @returns {Promise<boolean>} whether it holds
 */
async function run(step) {
  const from = performance.now();
  const { code, output } = await capture(step.args);
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? "ok  " : "FAIL"} ${step.name} (${seconds} s)\n`);
  if (code !== 0) process.stdout.write(`${output.trimEnd()}\n\n`);
  return code === 0;
}

/**
 * @param {string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
function capture(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

await setUpOrExit();
const wanted = process.argv.slice(2);
const chosen = steps().filter((step) => wanted.length === 0 || wanted.some((name) => step.name.startsWith(name)));
/** @type {string[]} */
const failed = [];
for (const step of chosen) if (!(await run(step))) failed.push(step.name);
process.stdout.write(
  failed.length === 0
    ? `${chosen.length} steps hold\n`
    : `${failed.length} of ${chosen.length} steps failed: ${failed.join(", ")}\n`,
);
process.exitCode = failed.length === 0 && chosen.length > 0 ? 0 : 1;
