import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readConsole } from "@offtake/server/console";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { chromiumPath, launchChromium as launch, NO_CHROMIUM } from "../../chromium.mjs";

export { launch };

const WEB = fileURLToPath(new URL("../../", import.meta.url));
/**
 * Whether pages can be looked at here. Where a browser is required, as in `.ci/run`, its absence is a failure and not a reason to look
 * away.
 */
export function hasBrowser(): boolean {
  if (chromiumPath() !== undefined) return true;
  if (process.env["OFFTAKE_BROWSER"] === "required") throw new Error(NO_CHROMIUM);
  process.stderr.write(`${NO_CHROMIUM} The journeys in a browser are not run.\n`);
  return false;
}

export interface View {
  readonly theme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
}

/** A page of its own, in a browser that has seen nothing yet; it must ask nobody else and report nothing wrong. */
export interface Looking {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses off the origin that were asked, and what the browser complained about. */
  readonly wrongs: readonly string[];
  close(): Promise<void>;
}

/**
 * Lines stay open as with the broker: where the machine is busy for longer than Node's five seconds, a line closed as the next question is
 * on its way loses that question.
 */
export const SERVER = { keepAliveTimeout: 65_000 };

/** The built console as static files, without any broker, and a browser to look at it. */
export class StaticConsole {
  readonly origin: string;
  private readonly server: Server;
  private readonly browser: Browser;

  private constructor(server: Server, browser: Browser) {
    this.server = server;
    this.browser = browser;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<StaticConsole> {
    execFileSync(process.execPath, [join(WEB, "build.mjs")], { stdio: ["ignore", "ignore", "inherit"] });
    const files = await readConsole(join(WEB, "dist"));
    const server = createServer(SERVER, (request, response) => {
      const url = new URL(request.url ?? "/", "http://localhost");
      const headers = new Headers({ accept: request.headers.accept ?? "" });
      const answer = files.answer({ method: request.method ?? "GET", headers }, url.pathname);
      if (answer === undefined) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      void answer.arrayBuffer().then((bytes) => response.end(Buffer.from(bytes)));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new StaticConsole(server, await launch());
  }

  /** A story at an address, once its first page is drawn. */
  async open(path: string, view: View = {}): Promise<Looking> {
    const looking = await look(this.browser, this.origin, view);
    await looking.page.goto(this.origin + path);
    await looking.page.getByRole("heading", { level: 1 }).first().waitFor();
    return looking;
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Goes to another view as a link does, without loading the page anew. */
export async function goTo(page: Page, path: string, heading: string): Promise<void> {
  await page.evaluate((to) => history.pushState({}, "", to), path);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  // Several parts of a page may be on their way at once.
  await page.waitForFunction(
    () => document.querySelector("[aria-busy=true], [role=status][aria-label^=Loading]") === null,
  );
}

/** A fresh page that writes down whatever it asks elsewhere, and whatever goes wrong in it. */
export async function look(browser: Browser, origin: string, view: View): Promise<Looking> {
  const { theme = "light", width = 1440, height = 900 } = view;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: "en-US",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const wrongs: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== "data:" && url.protocol !== "blob:")
      wrongs.push(`asked ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") wrongs.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrongs.push(`error: ${error.stack ?? error.message}`));
  // It ends what never comes: a busy machine takes many times as long for a page as a quiet one.
  page.setDefaultTimeout(60_000);
  return { page, context, wrongs, close: () => context.close() };
}

/** Changes between light and dark, and waits until the page is drawn so: until then colours of both stand in it. */
export async function inTheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
    // Colours change by transitions, short as they are where less motion is asked for; a busy machine is late with them.
    const changes = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(changes.map((one) => one.finished));
    await new Promise((over) => setTimeout(over, 100));
  });
}

/** Takes all colours but the system's own few away, as people set their machines who see badly, or gives them back. */
export async function withoutColours(page: Page, isSo: boolean): Promise<void> {
  await page.emulateMedia({ forcedColors: isSo ? "active" : "none" });
  await page.waitForFunction((wanted) => matchMedia("(forced-colors: active)").matches === wanted, isSo);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
  });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/**
 * What axe finds wrong on a page, one line each: WCAG 2.2 at AA, and what is agreed to be good practice.
 *
 * @param rules only these, where the rest was looked at already
 */
export async function axeOn(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // Into the page past its policy, which forbids what is not its own.
  const found = await page.evaluate(
    `(() => { ${AXE}; return axe.run(document, ${JSON.stringify({ resultTypes: ["violations"], ...(rules === undefined ? {} : { runOnly: rules }) })}); })()`,
  );
  return (found as AxeResult).violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
  );
}
