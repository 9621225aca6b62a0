import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { refuseOldNode } from "../../scripts/setup.mjs";
import { failedText, tallyOfCases, tallyOfSpecs } from "../../scripts/test.mjs";
import { ROOT } from "../sources.ts";

/** A clone with one package in its lockfile and an npm that only writes down that it ran, slowly enough to be met doing it. */
let clone: string;

const LOCKFILE = { packages: { "": {}, "node_modules/a": { version: "1.0.0", integrity: "sha512-a" } } };

const NPM = `
const { appendFileSync, mkdirSync, rmSync, writeFileSync } = require("node:fs");
appendFileSync("npm.log", process.argv.slice(2).join(" ") + "\\n");
console.log("npm says something on its stdout");
rmSync("node_modules", { recursive: true, force: true });
setTimeout(() => {
  if (process.env.NPM_FAILS) process.exit(3);
  mkdirSync("node_modules/a", { recursive: true });
  writeFileSync("node_modules/a/done", "");
}, 150);
`;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "offtake-setup-"));
  mkdirSync(join(clone, "scripts"));
  cpSync(join(ROOT, "scripts/setup.mjs"), join(clone, "scripts/setup.mjs"));
  writeFileSync(join(clone, "package-lock.json"), JSON.stringify(LOCKFILE));
  writeFileSync(join(clone, "npm-cli.js"), NPM);
});

afterEach(() => rmSync(clone, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function setUp(env: Record<string, string> = {}): { ended: Promise<Ended>; kill: () => void } {
  const child = spawn(process.execPath, [join(clone, "scripts/setup.mjs")], {
    cwd: clone,
    env: { ...process.env, npm_execpath: join(clone, "npm-cli.js"), ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { ended, kill: () => child.kill("SIGKILL") };
}

function npmRuns(): number {
  const log = join(clone, "npm.log");
  return existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").length : 0;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("setup", () => {
  test("installs once, says so on stderr only, and then has nothing to do", async () => {
    const first = await setUp().ended;
    expect(first).toMatchObject({ code: 0, stdout: "" });
    expect(first.stderr).toContain("npm says something");
    expect(await setUp().ended).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(npmRuns()).toBe(1);
    expect(readFileSync(join(clone, "npm.log"), "utf8")).toMatch(/^ci --include=dev /);
  });

  test("installs again when the lockfile changed", async () => {
    await setUp().ended;
    writeFileSync(join(clone, "package-lock.json"), `${JSON.stringify(LOCKFILE)}\n`);
    await setUp().ended;
    expect(npmRuns()).toBe(2);
  });

  test("takes a finished install by hand for its own, and an unfinished one not", async () => {
    mkdirSync(join(clone, "node_modules"));
    const hidden = join(clone, "node_modules/.package-lock.json");
    writeFileSync(hidden, JSON.stringify(LOCKFILE));
    await setUp().ended;
    expect(npmRuns()).toBe(0);
    rmSync(join(clone, "node_modules/.offtake-setup"));
    writeFileSync(hidden, JSON.stringify({ packages: {} }));
    await setUp().ended;
    expect(npmRuns()).toBe(1);
  });

  test("started four times at once installs once", async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => setUp().ended));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(npmRuns()).toBe(1);
    expect(existsSync(join(clone, ".offtake-setup.lock"))).toBe(false);
  });

  test("waits for the npm that a killed setup left running, then works", async () => {
    const killed = setUp();
    await until(() => npmRuns() === 1);
    killed.kill();
    await killed.ended;
    expect((await setUp().ended).code).toBe(0);
    expect(existsSync(join(clone, "node_modules/a/done"))).toBe(true);
    expect(existsSync(join(clone, ".offtake-setup.lock"))).toBe(false);
  });

  test("does not wait for a holder that is gone", async () => {
    writeFileSync(join(clone, ".offtake-setup.lock"), JSON.stringify({ pids: [], host: hostname() }));
    expect((await setUp().ended).code).toBe(0);
    expect(npmRuns()).toBe(1);
  });

  test("ends with one line and code 1 when npm fails, and can be tried again", async () => {
    const failed = await setUp({ NPM_FAILS: "1" }).ended;
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/\nofftake: npm ci failed with code 3; nothing was started\.\n$/);
    expect((await setUp().ended).code).toBe(0);
  });

  test("refuses a Node that is too old in one line", () => {
    for (const old of ["18.20.4", "20.18.3", "12.0.0"]) {
      expect(() => refuseOldNode(old)).toThrow(`Node 20.19 or newer is needed; this is Node ${old}.`);
    }
    for (const good of ["20.19.0", "20.20.2", "22.0.0", "24.1.0"]) expect(() => refuseOldNode(good)).not.toThrow();
  });
});

describe("the last line of npm test", () => {
  const passing = { fullName: "counts days", status: "passed", failureMessages: [] };
  const file = (status: string, tests: number) => ({
    name: join(ROOT, "packages/core/src/a.spec.ts"),
    message: "",
    status,
    assertionResults: Array.from({ length: tests }, () => passing),
  });

  test("counts a file that does not load, and an error outside every test", () => {
    const report = { numPassedTests: 5, numFailedTests: 0, testResults: [file("passed", 5), file("failed", 0)] };
    expect(tallyOfSpecs(report, 1)).toMatchObject({ passed: 5, failed: 1 });
    expect(tallyOfSpecs({ ...report, testResults: [file("passed", 5)] }, 1)).toMatchObject({ passed: 5, failed: 1 });
    expect(tallyOfSpecs({ ...report, testResults: [file("passed", 5)] }, 0)).toMatchObject({ passed: 5, failed: 0 });
    expect(tallyOfSpecs(undefined, 1)).toMatchObject({ passed: 0, failed: 1 });
  });

  test("says which tests failed and why, where the end of a long record is all that is read", () => {
    const failing = { fullName: "counts hours", status: "failed", failureMessages: ["Error: 24 is not 23\n    at a"] };
    const report = {
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [
        file("passed", 1),
        { ...file("failed", 1), assertionResults: [passing, failing] },
        { ...file("failed", 0), name: join(ROOT, "tools/b.spec.ts"), message: "cannot be read" },
      ],
    };
    const { failed, failures } = tallyOfSpecs(report, 1);
    expect(failed).toBe(2);
    expect(failures).toBe(
      "failed packages/core/src/a.spec.ts: counts hours\n  Error: 24 is not 23\n      at a\nfailed tools/b.spec.ts\n  cannot be read\n",
    );
    expect(tallyOfSpecs({ ...report, testResults: [file("passed", 5)] }, 0).failures).toBe("");
    expect(tallyOfSpecs(undefined, 1).failures).toMatch(/outside every test/);
  });

  test("shows the cases that failed and no others, or what came in their place", () => {
    const failure = { file: "a.yaml", line: 3, column: 5, when: "the end", expected: "an award", happened: "none" };
    const cases = [
      { id: "good", status: "passed", failures: [] },
      { id: "bad", status: "failed", falsified: "1 -> 2", failures: [failure] },
    ];
    expect(failedText(JSON.stringify({ cases }))).toBe(
      "failed bad: 1 -> 2\n  a.yaml:3:5 the end\n    expected  an award\n    happened  none\n",
    );
    expect(failedText("no document\n\n")).toBe("no document\n");
    expect(failedText("{}")).toBe("{}\n");
  });

  test("counts a skipped case as failed, and an answer that is none", () => {
    const answer = (passed: number, failed: number, skipped: number) => JSON.stringify({ passed, failed, skipped });
    expect(tallyOfCases("cases", answer(9, 0, 0), 0)).toMatchObject({ passed: 9, failed: 0 });
    expect(tallyOfCases("cases", answer(9, 0, 0), 1)).toMatchObject({ passed: 9, failed: 1 });
    expect(tallyOfCases("cases", answer(9, 2, 1), 1)).toMatchObject({ passed: 9, failed: 3 });
    expect(tallyOfCases("cases", answer(0, 0, 0), 0)).toMatchObject({ passed: 0, failed: 1 });
    for (const none of ["", "Error", "{}", '{"passed":"9","failed":0}']) {
      expect(tallyOfCases("cases", none, 0)).toMatchObject({ passed: 0, failed: 1 });
    }
  });
});
