// Looks at every piece of the console: builds the gallery into a folder of its own, opens it in both themes and on a narrow screen, takes
// a picture of each room, and lists what axe finds. `npm run gallery -w packages/web -- --out FOLDER [--room NAME]`. Plain Node.
import { createServer } from "node:http";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "vite";
import { chromiumPath, launchChromium, NO_CHROMIUM } from "./chromium.mjs";

const WEB = dirname(fileURLToPath(import.meta.url));
const ROOMS = ["states", "clocks", "pictures", "reasons", "answering", "lists"];
const VIEWS = [
  { name: "light", theme: "light", width: 1440, height: 900 },
  { name: "dark", theme: "dark", width: 1440, height: 900 },
  { name: "narrow", theme: "light", width: 400, height: 800 },
];
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};

const { values } = parseArgs({ options: { out: { type: "string" }, room: { type: "string" } } });
if (values.out === undefined) {
  process.stderr.write("gallery: say where the pictures go: --out FOLDER\n");
  process.exit(3);
}
if (chromiumPath() === undefined) {
  process.stderr.write(`gallery: ${NO_CHROMIUM}\n`);
  process.exit(1);
}

const built = mkdtempSync(join(tmpdir(), "offtake-gallery-"));
try {
  await build({
    root: WEB,
    logLevel: "error",
    build: { outDir: built, emptyOutDir: true, rollupOptions: { input: join(WEB, "gallery.html") } },
  });
  mkdirSync(values.out, { recursive: true });
  process.exitCode = (await look(values.out)) === 0 ? 0 : 1;
} finally {
  rmSync(built, { recursive: true, force: true });
}

/**
 * @param {string} out
 * @returns {Promise<number>} how many things are wrong
 */
async function look(out) {
  const server = createServer((request, response) => {
    const path = join(built, new URL(request.url ?? "/", "http://localhost").pathname);
    if (!existsSync(path)) return response.writeHead(404).end();
    const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(path))] ?? "application/octet-stream";
    return response.writeHead(200, { "content-type": type }).end(readFileSync(path));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const browser = await launchChromium();
  let wrong = 0;
  try {
    for (const view of VIEWS) {
      for (const room of ROOMS.filter((name) => values.room === undefined || values.room === name)) {
        const page = await browser.newPage({ viewport: { width: view.width, height: view.height } });
        page.on("console", (message) => {
          if (message.type() !== "error") return;
          wrong += 1;
          process.stdout.write(`${room} ${view.name}: ${message.text()}\n`);
        });
        await page.goto(`http://127.0.0.1:${port}/gallery.html?room=${room}&theme=${view.theme}`);
        await page.waitForSelector("h2");
        await page.evaluate("document.fonts.ready.then(() => undefined)");
        wrong += await axe(page, `${room} ${view.name}`);
        await page.screenshot({ path: join(out, `${room}-${view.name}.png`), fullPage: true });
        await page.close();
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
  return wrong;
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} where
 */
async function axe(page, where) {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
  const violations =
    /** @type {{ id: string, help: string, nodes: { target: string[], failureSummary: string }[] }[]} */ (
      await page.evaluate("axe.run().then(({ violations }) => violations)")
    );
  for (const { id, help, nodes } of violations) {
    process.stdout.write(`${where}: ${id}: ${help}\n`);
    for (const { target, failureSummary } of nodes.slice(0, 4))
      process.stdout.write(`  ${target.join(" ")}: ${failureSummary.split("\n").slice(1).join(" ").slice(0, 220)}\n`);
  }
  return violations.length;
}
