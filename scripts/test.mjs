// `npm test`: everything that must hold. Ends with one plain line, `N passed, N failed`; the exit code is 0 only when none failed.
// Arguments go to vitest (`npm test -- packages/core/src/calendar`); with arguments only the specs run.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { ROOT, setUpOrExit } from "./setup.mjs";

/** @typedef {{ name: string, passed: number, failed: number, failures: string }} Tally `failures`: what failed and why, as text */
/** @typedef {{ file: string, line: number, column: number, when: string, expected: string, happened: string }} Failure */
/** @typedef {{ fullName: string, status: string, failureMessages: string[] }} SpecTest */
/** @typedef {{ name: string, status: string, message: string, assertionResults: SpecTest[] }} SpecFile of vitest's JSON report */

const OFFTAKE = join(ROOT, "bin/offtake.mjs");
const CASES = "conformance";

/**
 * @param {string[]} args of node
 * @param {"show" | "collect"} output whether stdout is shown as it comes or handed back
 * @returns {Promise<{ code: number, stdout: string }>}
 */
function runNode(args, output) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ["ignore", output === "show" ? "inherit" : "pipe", "inherit"],
    });
    let stdout = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, stdout }));
  });
}

/**
 * @param {string[]} filters
 * @returns {Promise<Tally>}
 */
async function specs(filters) {
  const folder = mkdtempSync(join(tmpdir(), "offtake-test-"));
  const report = join(folder, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
    const { code } = await runNode([vitest, "run", ...reporters, ...filters], "show");
    return tallyOfSpecs(existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A file that does not even load has no failed test of its own, and an error outside every test fails the run only by its exit
 * code: each counts as one failure, so that the last line never says 0 failed for a run that failed.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, testResults: SpecFile[] } | undefined} report
 * @param {number} code vitest's exit code
 * @returns {Tally}
 */
export function tallyOfSpecs(report, code) {
  const passed = report?.numPassedTests ?? 0;
  const broken = report?.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const failed = (report?.numFailedTests ?? 0) + (broken?.length ?? 0);
  const nameless = failed === 0 && code !== 0;
  return {
    name: "specs",
    passed,
    failed: nameless ? 1 : failed,
    failures: nameless
      ? "vitest ended with an error outside every test: it stands above\n"
      : failedSpecs(report?.testResults ?? []),
  };
}

/**
 * Each test that failed by file and title, and each file that did not load, with the message that it left.
 *
 * @param {SpecFile[]} files
 * @returns {string}
 */
function failedSpecs(files) {
  const said = (/** @type {string[]} */ messages) =>
    messages.map((message) => `  ${message.trim().replaceAll("\n", "\n  ")}\n`).join("");
  return files
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, message, assertionResults }) => {
      const file = relative(ROOT, name);
      if (assertionResults.length === 0) return [`failed ${file}\n${said([message])}`];
      const failed = assertionResults.filter((test) => test.status === "failed");
      return failed.map(({ fullName, failureMessages }) => `failed ${file}: ${fullName}\n${said(failureMessages)}`);
    })
    .join("");
}

/**
 * @param {string} name
 * @param {string[]} args of the offtake command, which answers with {passed, failed, skipped, cases}
 * @returns {Promise<Tally>}
 */
async function cases(name, args) {
  const { code, stdout } = await runNode([OFFTAKE, ...args], "collect");
  const tally = tallyOfCases(name, stdout, code);
  process.stdout.write(`${name}: ${tally.passed} passed, ${tally.failed} failed\n`);
  return tally;
}

/**
 * Those that did not pass, each with what was expected and what happened; an answer that cannot be read as it came.
 *
 * @param {string} stdout
 * @returns {string}
 */
export function failedText(stdout) {
  try {
    /** @type {{ cases: { id: string, status: string, falsified?: string, failures: Failure[] }[] }} */
    const { cases } = JSON.parse(stdout);
    const failed = cases.filter(({ status }) => status !== "passed");
    return failed
      .map(({ id, status, falsified, failures }) => {
        const twin = falsified === undefined ? "" : `: ${falsified}`;
        const lines = failures.map(
          ({ file, line, column, when, expected, happened }) =>
            `  ${file}:${line}:${column} ${when}\n    expected  ${expected}\n    happened  ${happened}\n`,
        );
        return `${status} ${id}${twin}\n${lines.join("")}`;
      })
      .join("");
  } catch {
    return `${stdout.trimEnd()}\n`;
  }
}

/**
 * A skipped case proves nothing, so it counts as failed; so does an answer that cannot be read.
 *
 * @param {string} name
 * @param {string} stdout
 * @param {number} code
 * @returns {Tally}
 */
export function tallyOfCases(name, stdout, code) {
  try {
    const { passed, failed, skipped } = JSON.parse(stdout);
    const bad = Number(failed) + Number(skipped ?? 0);
    if (Number.isInteger(passed) && Number.isInteger(bad)) {
      const failed = bad === 0 && (code !== 0 || passed === 0) ? 1 : bad;
      return { name, passed, failed, failures: failed === 0 ? "" : failedText(stdout) };
    }
  } catch {
    // Falls through: no readable answer is a failure.
  }
  return { name, passed: 0, failed: 1, failures: failedText(stdout) };
}

/** Whether the command is there, there are cases, and its help knows `option`. */
async function offers(/** @type {string} */ option) {
  if (!existsSync(join(ROOT, "packages/cli/src/main.ts")) || !hasCases(join(ROOT, CASES))) return false;
  const { stdout } = await runNode([OFFTAKE, "test", "--help"], "collect");
  return stdout.includes(option);
}

/** @param {string} folder */
function hasCases(folder) {
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((path) => /\.ya?ml$/.test(String(path)));
}

async function main() {
  await setUpOrExit();
  const filters = process.argv.slice(2);
  const tallies = [await specs(filters)];
  if (filters.length === 0 && (await offers("--json"))) tallies.push(await cases("cases", ["test", CASES, "--json"]));
  if (filters.length === 0 && (await offers("--twins"))) {
    tallies.push(await cases("twins of the cases", ["test", CASES, "--twins", "--json"]));
  }
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  // Said last, so that the end of a long record is enough to know what to do.
  for (const { name, failures } of tallies)
    if (failures !== "") process.stdout.write(`\n${name} that failed\n${failures}`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

if (process.argv[1] === join(ROOT, "scripts/test.mjs")) await main();
