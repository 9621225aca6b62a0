import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../packages/web/chromium.mjs";
import { Built } from "../packages/web/sizes.mjs";
import { ConsoleBroker } from "./lib/console-broker.ts";
import { type Browser, ConsolePage, type Inputs } from "./lib/console-page.ts";
import { optionOf } from "./lib/options.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "console";
export const summary =
  "What the console loads, how soon it can be used, and how it answers while 1,000 events a second are told";

export const options = {
  "--requests N": "how many are in the book (10,000)",
  "--seconds N": "for how long events are told (30)",
  "--no-start": "does not start a broker as a newcomer does",
};

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const WEB = join(ROOT, "packages/web");
const KB = 1_000;
const FIRST_LOAD_KB = 240;
const ROUTE_KB = 60;
const REQUESTS = 10_000;
const PER_SECOND = 1_000;
const SECONDS = 30;
const INPUT_BAR_MS = 100;
const USABLE_BAR_MS = 10_000;
const HELD_BAR = 1.25;
const MARKS = 8;
/** What the page lists first: the newest requests, as many as one answer holds. */
const LISTED = "/v1/books/bench/requests?limit=1000&order=created&descending=true";
const SEEN_BAR_MS = 2_000;
const WORK_BAR = 0.5;
/** The broker of the measurement has the same machine as the page: below this it was the one that was slow. */
const RATE_BAR = 0.9;

/** Sizes first, then a start as a newcomer does it, then keys while events are told. */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const requests = Number(optionOf(args, "--requests") ?? REQUESTS);
  const seconds = Number(optionOf(args, "--seconds") ?? SECONDS);
  if (!(requests >= 50) || !(seconds >= 1))
    throw new Error("--requests takes a number from 50 up, --seconds from 1 up");
  execFileSync(process.execPath, [join(WEB, "build.mjs")], { stdio: ["ignore", "ignore", "inherit"] });
  const sizes = sizeResults();
  const browser = await launchChromium();
  try {
    const usable = args.includes("--no-start") ? [] : [await startResult(browser, progress)];
    return [...sizes, ...usable, ...(await liveResults(browser, requests, seconds, progress))];
  } finally {
    await browser.close();
  }
}

/** Compressed sizes against the budget. */
function sizeResults(): Result[] {
  const built = new Built(join(WEB, "dist"));
  const of = (what: string, bytes: number, most: number): Result => ({
    name: what,
    value: bytes / KB,
    unit: "kB gzip",
    bar: `at most ${most} kB`,
    holds: bytes <= most * KB,
  });
  const routes = built.pages
    .map((page) => ({ page, bytes: built.beside(page) }))
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(({ page, bytes }) =>
      of(`${page.replace(/^src\/pages\/(?:.*\/)?|-page\.tsx$/g, "")}, beside`, bytes, ROUTE_KB),
    );
  return [of("first load", built.firstLoad, FIRST_LOAD_KB), ...routes];
}

/** From `npm start` in a new folder to a page on which somebody can act, as a newcomer takes it; the console is built already. */
async function startResult(browser: Browser, progress: (line: string) => void): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "offtake-bench-"));
  const { DATABASE_URL: _, ...env } = process.env;
  const begin = performance.now();
  const broker = spawn(
    process.execPath,
    [join(ROOT, "scripts/start.mjs"), "--listen", "127.0.0.1:0", "--log", "silent"],
    { cwd: folder, env, stdio: ["ignore", "pipe", "ignore"] },
  );
  try {
    const page = await printed(broker.stdout, /In a browser: (\S+)\n/, broker);
    const served = performance.now() - begin;
    const { page: shown } = await ConsolePage.open(browser, page);
    const button = shown.getByRole("button", { name: "Log in" });
    if ((await button.count()) > 0) await button.click();
    await shown.getByRole("heading", { level: 1, name: "Queue" }).waitFor();
    await shown.getByText("live", { exact: true }).waitFor();
    const usable = performance.now() - begin;
    await shown.context().close();
    progress(`served after ${Math.round(served)} ms, usable after ${Math.round(usable)} ms`);
    return {
      name: "from npm start to a usable page",
      value: usable,
      unit: "ms",
      beside: { name: "until the address is printed", value: served, unit: "ms" },
      ratio: usable / served,
      bar: `under ${USABLE_BAR_MS / 1_000} s`,
      holds: usable < USABLE_BAR_MS,
    };
  } finally {
    broker.kill("SIGTERM");
    if (broker.exitCode === null) await once(broker, "exit");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until a program prints what a pattern finds. Throws where it ends before. */
async function printed(
  stdout: NodeJS.ReadableStream,
  pattern: RegExp,
  program: { readonly exitCode: number | null },
): Promise<string> {
  let text = "";
  stdout.on("data", (bytes: Buffer) => (text += bytes.toString("utf8")));
  for (;;) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
    if (program.exitCode !== null) throw new Error(`npm start ended with ${program.exitCode}: ${text}`);
    await new Promise((go) => setTimeout(go, 20));
  }
}

async function liveResults(
  browser: Browser,
  wanted: number,
  seconds: number,
  progress: (line: string) => void,
): Promise<Result[]> {
  const broker = new ConsoleBroker(join(WEB, "dist"), wanted);
  try {
    const { address, requests, told } = await broker.ready();
    progress(`${requests} requests open in the book, ${told} entries told`);
    const console = await ConsolePage.open(browser, `${address}/requests`);
    const { page } = console;
    await page.getByRole("grid", { name: "Requests" }).waitFor();
    await page.getByText("live", { exact: true }).waitFor();
    const quiet = await someInputs(console);
    progress(`nothing told: ${words(quiet)}`);
    await broker.run(PER_SECOND, 5);
    const before = await console.heldBytes();
    const running = broker.run(PER_SECOND, seconds);
    const busy = await someInputs(console);
    progress(`told ${PER_SECOND} a second: ${words(busy)}`);
    const marks = await seenAfter(console, broker);
    progress(`an update is seen after ${marks.map((ms) => Math.round(ms)).join(", ")} ms`);
    const workFrom = await console.atWorkSeconds();
    const from = performance.now();
    const ran = await running;
    const atWork = (await console.atWorkSeconds()) - workFrom;
    const share = atWork / ((performance.now() - from) / 1_000);
    const perSecond = ran.told / (ran.tookMs / 1_000);
    progress(`${ran.told} told, ${Math.round(perSecond)} a second`);
    const after = await console.heldBytes();
    const missing = await missingFrom(console, address);
    console.assertWell();
    return [
      inputResult("a key, nothing told", quiet),
      {
        ...inputResult(`a key, ${Math.round(perSecond).toLocaleString("en-US")} updates a second`, busy),
        beside: { name: "nothing told", value: quiet.slowestMs, unit: "ms" },
        ratio: busy.slowestMs / quiet.slowestMs,
      },
      {
        name: "updates told while it is measured",
        value: perSecond,
        unit: "a second",
        bar: `at least ${RATE_BAR * 100} % of ${PER_SECOND.toLocaleString("en-US")}`,
        holds: perSecond >= RATE_BAR * PER_SECOND,
      },
      {
        name: "the page is at work while nobody does anything",
        value: share * 100,
        unit: "% of the time",
        bar: `under ${WORK_BAR * 100} %`,
        holds: share < WORK_BAR,
      },
      {
        name: "an update is on the screen after, at most",
        value: Math.max(...marks),
        unit: "ms",
        bar: `under ${SEEN_BAR_MS} ms`,
        holds: Math.max(...marks) < SEEN_BAR_MS,
      },
      {
        name: `rows that differ from the broker's, after ${ran.told.toLocaleString("en-US")} updates`,
        value: missing,
        unit: "rows",
        bar: "none",
        holds: missing === 0,
      },
      {
        name: `held by the page after ${seconds} s of updates`,
        value: after / 1_000_000,
        unit: "MB",
        beside: { name: "after 5 s of them", value: before / 1_000_000, unit: "MB" },
        ratio: after / before,
        bar: `at most ${HELD_BAR} of it`,
        holds: after <= HELD_BAR * before,
      },
    ];
  } finally {
    broker.end();
  }
}

const words = ({ slowestMs, middleMs, count }: Inputs): string =>
  `${count} keys, the middle one is seen after ${middleMs} ms, the slowest but for accidents after ${slowestMs} ms`;

/** A person at the keyboard: down the rows, to the end and back, another order, the palette and away from it. */
async function someInputs(console: ConsolePage): Promise<Inputs> {
  const { page } = console;
  await page.getByRole("grid", { name: "Requests" }).focus();
  const keys = ["j", "j", "j", "PageDown", "j", "k", "End", "k", "Home", "j"];
  return console.inputs(100, 60, async (index) => {
    if (index % 33 === 32) {
      await page.getByRole("button", { name: /^Request/ }).press("Enter");
      await page.getByRole("grid", { name: "Requests" }).focus();
    } else await page.keyboard.press(keys[index % keys.length] ?? "j");
  });
}

function inputResult(what: string, { slowestMs }: Inputs): Result {
  return {
    name: `input to paint: ${what}`,
    value: slowestMs,
    unit: "ms",
    bar: `under ${INPUT_BAR_MS} ms`,
    holds: slowestMs < INPUT_BAR_MS,
  };
}

/** How long it takes until a new request stands on the screen while all else goes on, some times: by name, it is the first. */
async function seenAfter(console: ConsolePage, broker: ConsoleBroker): Promise<readonly number[]> {
  const { page } = console;
  await console.goTo("/requests?sort=-request");
  await page.getByRole("grid", { name: "Requests" }).press("Home");
  const took: number[] = [];
  for (let index = 0; index < MARKS; index += 1) {
    const id = `z-marked-${index}`;
    const begin = performance.now();
    await broker.mark(id);
    await page.getByText(id, { exact: true }).waitFor();
    took.push(performance.now() - begin);
  }
  await console.goTo("/requests");
  return took;
}

/** How many rows of the page are not as the broker has them, once the page had the time to read them. */
async function missingFrom(console: ConsolePage, address: string): Promise<number> {
  const asked = await fetch(`${address}${LISTED}`, { headers: { "offtake-party": "bench/lab" } });
  const { data } = (await asked.json()) as { data: readonly { readonly id: string; readonly status: string }[] };
  let wrong = data.length;
  for (let tries = 0; tries < 10 && wrong > 0; tries += 1) {
    const rows = (await console.rows(data.length)).slice(0, data.length);
    const isSame = ({ id, status }: (typeof data)[number], index: number): boolean =>
      rows[index]?.[0] === id && rows[index]?.includes(status === "withdrawn" ? "Withdrawn" : "Open") === true;
    wrong = data.filter((one, index) => !isSame(one, index)).length;
  }
  return wrong;
}
