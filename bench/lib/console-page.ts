import type { launchChromium } from "../../packages/web/chromium.mjs";

/** As the tests of the console have them. */
export type Browser = Awaited<ReturnType<typeof launchChromium>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;
type Devtools = Awaited<ReturnType<ReturnType<Page["context"]>["newCDPSession"]>>;

/*
 * Scripts that run in the page stand here as texts: what they name is the browser's and not ours.
 */

/**
 * Writes down how long each key and click took from the input to the picture that shows it, as the browser itself counts: to 8 ms, and
 * nothing of what took less than 16.
 */
const WATCH = `
  self.inputs = [];
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries())
      if (name === "keydown" || name === "click") self.inputs.push(duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
`;
/** The rows that are in the page: the place of each, and the texts of its cells. */
const ROWS = `
  [...document.querySelectorAll("[role=grid] tbody [role=row]")].map((row) => [
    row.getAttribute("aria-rowindex"),
    ...[...row.querySelectorAll("[role=gridcell]")].map((cell) => cell.innerText.trim().replace(/^[^\\w]+/, "")),
  ])
`;
/** What an input counts that was too short to be written down. */
const SHORT_MS = 16;
/** The slowest of each fifty is an accident, as in "Interaction to Next Paint". */
const ACCIDENTS = 50;
const LOOKS = 4;

export interface Inputs {
  /** Milliseconds from the input to the picture that shows it: the slowest but for accidents, and the middle one. */
  readonly slowestMs: number;
  readonly middleMs: number;
  readonly count: number;
}

/** A page of the console, and what is measured in it. */
export class ConsolePage {
  readonly page: Page;
  private readonly devtools: Devtools;
  private readonly wrongs: string[] = [];

  private constructor(page: Page, devtools: Devtools) {
    this.page = page;
    this.devtools = devtools;
    page.on("pageerror", (error) => this.wrongs.push(error.message));
  }

  static async open(browser: Browser, address: string): Promise<ConsolePage> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.addInitScript(WATCH);
    const one = new ConsolePage(page, await context.newCDPSession(page));
    await one.devtools.send("Performance.enable");
    await page.goto(address);
    return one;
  }

  /** Throws what went wrong in the page, if anything did. */
  assertWell(): void {
    if (this.wrongs.length > 0) throw new Error(`The page failed: ${this.wrongs.join("; ")}`);
  }

  /** Does something by key or pointer so many times, waiting between, and says how long until each was seen. */
  async inputs(count: number, waitMs: number, act: (index: number) => Promise<void>): Promise<Inputs> {
    await this.page.evaluate("self.inputs.length = 0");
    for (let index = 0; index < count; index += 1) {
      await act(index);
      await this.page.waitForTimeout(waitMs);
    }
    // The last picture is drawn and counted.
    await this.page.waitForTimeout(500);
    const long = (await this.page.evaluate<number[]>("self.inputs")).filter((ms) => ms > SHORT_MS);
    const all = [...long, ...Array.from({ length: Math.max(0, count - long.length) }, () => SHORT_MS)];
    all.sort((a, b) => b - a);
    const slowest = all[Math.floor(count / ACCIDENTS)] ?? SHORT_MS;
    return { slowestMs: slowest, middleMs: all[Math.floor(all.length / 2)] ?? SHORT_MS, count };
  }

  /** Goes to another view as a link does, without loading the page anew. */
  async goTo(path: string): Promise<void> {
    await this.page.evaluate(`history.pushState({}, "", ${JSON.stringify(path)})`);
    await this.page.getByRole("grid").waitFor();
  }

  /** The first rows of the list, the texts of their cells: only those in sight are in the page, so that it is paged through. */
  async rows(most: number): Promise<readonly (readonly string[])[]> {
    const grid = this.page.getByRole("grid");
    await grid.press("Home");
    const count = Math.min(most, Number(await grid.getAttribute("aria-rowcount")) - 1);
    const found = new Map<number, readonly string[]>();
    for (let presses = 0; found.size < count && presses < count; presses += 1) {
      for (const [row, ...cells] of await this.page.evaluate<string[][]>(ROWS)) found.set(Number(row), cells);
      await grid.press("PageDown");
    }
    return [...found].toSorted(([a], [b]) => a - b).map(([, cells]) => cells);
  }

  /** Bytes of the page's own objects that something still holds: the least of some looks, since what is on its way is held too. */
  async heldBytes(): Promise<number> {
    let least = Infinity;
    for (let look = 0; look < LOOKS; look += 1) {
      await this.page.waitForTimeout(500);
      await this.devtools.send("HeapProfiler.collectGarbage");
      const { usedSize } = await this.devtools.send("Runtime.getHeapUsage");
      least = Math.min(least, usedSize);
    }
    return least;
  }

  /** Seconds that the page's own thread has been at work so far. */
  async atWorkSeconds(): Promise<number> {
    const { metrics } = await this.devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  }
}
