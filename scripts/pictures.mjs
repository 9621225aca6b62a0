// `npm run pictures`: draws the page of a plan and pages of the console, light and dark, as the pictures of the README and of the
// how-to. The plan is made from the example book by the command that the how-to shows, the console plays its story; a Chromium without a
// window takes the pictures. They are committed, so that nobody needs one to read them; without one this says so, and nothing changes.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { chromiumPath, launchChromium, NO_CHROMIUM } from "../packages/web/chromium.mjs";
import { ROOT, setUpOrExit } from "./setup.mjs";

const HOW_TO = join(ROOT, "docs/how-to/plan-a-request.md");
const PICTURES = join(ROOT, "docs/how-to/pictures");
const EXAMPLES = join(ROOT, "docs/how-to/examples");
/** Down to the price chart: what is below it can be read in the how-to. */
const SIZE = { width: 1100, height: 1385 };
/** The words of the first plan that the how-to runs. */
function planWords() {
  const command = /<!-- run: offtake (plan [^\n]+?) -->/.exec(readFileSync(HOW_TO, "utf8"))?.[1];
  if (command === undefined) throw new Error(`${relative(ROOT, HOW_TO)} runs no plan`);
  return command.split(" ");
}

/**
 * @param {string} browser
 * @param {string} page
 * @param {"light" | "dark"} scheme
 * @param {string} folder
 */
function draw(browser, page, scheme, folder) {
  const to = join(folder, `plan-${scheme}.png`);
  const args = [
    "--headless",
    "--disable-gpu",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    `--user-data-dir=${join(folder, "profile")}`,
    `--window-size=${SIZE.width},${SIZE.height}`,
    `--blink-settings=preferredColorScheme=${scheme === "dark" ? 0 : 1}`,
    `--screenshot=${to}`,
    // Root may not have a sandbox; the page is our own and loads nothing.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    pathToFileURL(page).href,
  ];
  execFileSync(browser, args, { stdio: "ignore", timeout: 60_000 });
  return to;
}

/** A request that was answered in part, passed through in part, and awarded on the market: the middle of the story. */
const AT = "demo=stargate-2025&at=2025-07-02T00:00:00Z";
const CONSOLE_SIZE = { width: 1440, height: 980 };
/** Each page by the name of its picture, with a text that stands on it once it is drawn. */
const CONSOLE = /** @type {const} */ ([
  ["console", `/requests/inference-2025?${AT}`, "does not apply"],
  ["console-evidence", `/evidence?${AT}`, "Evidence, newest first"],
]);
const TYPES = new Map([
  [".js", "text/javascript"],
  [".css", "text/css"],
  [".svg", "image/svg+xml"],
  [".json", "application/json"],
  [".woff2", "font/woff2"],
]);

async function drawConsole() {
  execFileSync(process.execPath, [join(ROOT, "packages/web/build.mjs")], { stdio: ["ignore", "ignore", "inherit"] });
  const dist = join(ROOT, "packages/web/dist");
  const server = createServer(({ url = "/" }, response) => {
    const file = join(dist, new URL(url, "http://localhost").pathname);
    const isFile = file.startsWith(dist) && existsSync(file) && statSync(file).isFile();
    response.writeHead(200, { "content-type": isFile ? (TYPES.get(extname(file)) ?? "") : "text/html" });
    response.end(readFileSync(isFile ? file : join(dist, "index.html")));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const running = await launchChromium();
  try {
    for (const [name, path, told] of CONSOLE)
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        const context = await running.newContext({
          viewport: CONSOLE_SIZE,
          colorScheme,
          locale: "en-US",
          timezoneId: "UTC",
        });
        const page = await context.newPage();
        await page.goto(`http://127.0.0.1:${port}${path}`);
        await page.getByText(told).first().waitFor({ timeout: 60_000 });
        await page.getByText("live", { exact: true }).waitFor();
        const to = join(PICTURES, `${name}-${colorScheme}.png`);
        await page.screenshot({ path: to });
        process.stdout.write(`written: ${relative(ROOT, to)} (${Math.round(statSync(to).size / 1024)} KiB)\n`);
        await context.close();
      }
  } finally {
    await running.close();
    server.close();
  }
}

await setUpOrExit();
const browser = chromiumPath();
if (browser === undefined) {
  process.stderr.write(`pictures: ${NO_CHROMIUM} The pictures stay as they are.\n`);
  process.exitCode = 1;
} else {
  const folder = mkdtempSync(join(tmpdir(), "offtake-pictures-"));
  try {
    const page = join(folder, "plan.html");
    const command = [join(ROOT, "bin/offtake.mjs"), ...planWords(), "--html", page];
    execFileSync(process.execPath, command, { cwd: EXAMPLES, stdio: ["ignore", "ignore", "inherit"] });
    for (const scheme of /** @type {const} */ (["light", "dark"])) {
      const picture = draw(browser, page, scheme, folder);
      const to = join(PICTURES, `plan-${scheme}.png`);
      copyFileSync(picture, to);
      process.stdout.write(`written: ${relative(ROOT, to)} (${Math.round(statSync(to).size / 1024)} KiB)\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await drawConsole();
}
