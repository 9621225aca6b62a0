// Which Chromium looks at pages here. Plain Node: specs, pictures and measurements ask the same question.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

/** Said where there is none. */
export const NO_CHROMIUM =
  "There is no Chromium here: put one on the path (apt-get install chromium), or name one in CHROMIUM.";

/** @returns {string | undefined} the path of a Chromium: that of CHROMIUM, or one on the path */
export function chromiumPath() {
  const named = process.env["CHROMIUM"];
  if (named !== undefined && named !== "") return existsSync(named) ? named : undefined;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const names = process.platform === "win32" ? NAMES.map((name) => `${name}.exe`) : NAMES;
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/**
 * Starts the Chromium that there is.
 *
 * @returns {Promise<import("playwright-core").Browser>}
 * @throws where there is none
 */
export async function launchChromium() {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  // Not imported by name: measurements are bundled, and it is not.
  const { chromium } = /** @type {typeof import("playwright-core")} */ (
    createRequire(import.meta.url)("playwright-core")
  );
  // Root may not have a sandbox; the pages are our own.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
