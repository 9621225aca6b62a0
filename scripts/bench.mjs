// `npm run bench -- NAME [--json]`: one measurement, bench/<NAME>.ts. `--list` names them all. Exit 0 whether or not a bar
// holds: the document says it; exit 2 for a name that is none, and for an option that the measurement does not have.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import { loadBuilt } from "./build.mjs";
import { ROOT, setUpOrExit } from "./setup.mjs";

/** @typedef {import("../bench/lib/result.ts").Bench} Bench */
/** @typedef {import("../bench/lib/result.ts").Result} Result */

const FOLDER = join(ROOT, "bench");

/** @returns {string[]} */
function names() {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".spec.ts"))
    .map((file) => file.slice(0, -3))
    .sort();
}

/**
 * @param {string} name
 * @returns {Promise<Bench>}
 */
async function load(name) {
  const bench = /** @type {Bench} */ (/** @type {unknown} */ (await loadBuilt(join(FOLDER, `${name}.ts`))));
  if (bench.name !== name || typeof bench.summary !== "string" || typeof bench.run !== "function") {
    throw new Error(`bench/${name}.ts must export name ("${name}"), summary and run`);
  }
  return bench;
}

/** The commit measured, with "-dirty" when the tree differs from it; null outside a git checkout. */
function commit() {
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    return git("rev-parse", "HEAD") + (git("status", "--porcelain") === "" ? "" : "-dirty");
  } catch {
    return null;
  }
}

function machine() {
  const all = cpus();
  return {
    cpu: all[0]?.model ?? "unknown",
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    flags: process.execArgv,
  };
}

/**
 * Every key is there in every result: null where there is nothing to say.
 *
 * @param {Result} one
 */
function complete(one) {
  for (const value of [one.value, one.ratio ?? 0, one.beside?.value ?? 0]) {
    if (!Number.isFinite(value)) throw new Error(`the figure ${one.name} is no number: ${value}`);
  }
  const { name, value, unit, beside, ratio, bar, holds } = one;
  return { name, value, unit, beside: beside ?? null, ratio: ratio ?? null, bar: bar ?? null, holds: holds ?? null };
}

/** @param {number | null} value */
function figure(value) {
  if (value === null) return "";
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(4)));
}

/** @param {string[][]} rows */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** @param {ReturnType<typeof complete>} one */
function row(one) {
  const beside = one.beside === null ? "" : `${one.beside.name}: ${figure(one.beside.value)} ${one.beside.unit}`;
  const holds = one.holds === null ? "" : one.holds ? "yes" : "NO";
  return [one.name, `${figure(one.value)} ${one.unit}`, beside, figure(one.ratio), one.bar ?? "", holds];
}

/**
 * What follows the name, held against what the measurement takes: "--pairs N" wants a number above 0, "--slurm FOLDER" a word, "--quick" nothing.
 *
 * @param {readonly string[]} rest
 * @param {Readonly<Record<string, string>>} options
 * @returns {string | undefined} what is wrong
 */
function problemOf(rest, options) {
  const takes = new Map(
    Object.keys(options).map((text) => /** @type {[string, string]} */ ([...text.split(" "), ""].slice(0, 2))),
  );
  for (let at = 0; at < rest.length; at += 1) {
    const option = rest[at] ?? "";
    const wanted = takes.get(option);
    if (wanted === undefined) return `there is no ${option}`;
    if (wanted === "") continue;
    at += 1;
    const value = rest[at];
    if (value === undefined || value.startsWith("--")) return `${option} takes ${wanted}`;
    if (wanted === "N" && !(Number(value) > 0)) return `${option} takes a number above 0, not ${value}`;
  }
  return undefined;
}

/** @param {Readonly<Record<string, string>>} options */
function told(options) {
  const rows = Object.entries(options).map(([option, says]) => [`  ${option}`, says]);
  return rows.length === 0 ? "It takes no options but --json." : `It takes --json and\n${table(rows)}`;
}

await setUpOrExit();
const args = process.argv.slice(2);
const json = args.includes("--json");
const print = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);
const name = args.find((arg) => !arg.startsWith("-"));

if (args.includes("--list")) {
  const benches = [];
  for (const each of names()) benches.push({ name: each, summary: (await load(each)).summary });
  print(json ? JSON.stringify({ benches }, null, 2) : table(benches.map((bench) => [bench.name, bench.summary])));
} else if (name === undefined || !names().includes(name)) {
  const known = names().join(", ") || "none yet";
  process.stderr.write(
    `bench: ${name === undefined ? "name a measurement" : `there is no ${name}`}; there are: ${known}\n`,
  );
  process.exitCode = 2;
} else if (args.includes("--help")) {
  const { summary, options = {} } = await load(name);
  print(`${name}: ${summary}\n${told(options)}`);
} else {
  const bench = await load(name);
  const rest = args.filter((arg, at) => arg !== "--json" && at !== args.indexOf(name));
  const wrong = problemOf(rest, bench.options ?? {});
  if (wrong !== undefined) {
    process.stderr.write(`bench ${name}: ${wrong}\n${told(bench.options ?? {})}\n`);
    process.exit(2);
  }
  const results = (await bench.run({ args: rest, progress: (line) => process.stderr.write(`${name}: ${line}\n`) })).map(
    complete,
  );
  const document = { bench: name, commit: commit(), machine: machine(), results };
  if (json) print(JSON.stringify(document, null, 2));
  else {
    const { cpu, cores, memoryGiB, os, node } = document.machine;
    print(`${name}: ${bench.summary}\n${cpu}, ${cores} cores, ${memoryGiB} GiB, ${os}, Node ${node}\n`);
    print(table([["figure", "value", "beside", "ratio", "bar", "holds"], ...results.map(row)]));
  }
}
