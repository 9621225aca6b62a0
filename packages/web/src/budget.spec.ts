import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { Built } from "../sizes.mjs";

const WEB = fileURLToPath(new URL("../", import.meta.url));
const KB = 1_000;
/** Compressed, what the first page needs: own code, libraries, the client, the sheet. */
const FIRST_LOAD_MAX = 240 * KB;
/** Compressed, what a page brings beside. */
const ROUTE_MAX = 60 * KB;

let built: Built;
beforeAll(() => {
  execFileSync(process.execPath, [join(WEB, "build.mjs")], { stdio: ["ignore", "ignore", "inherit"] });
  built = new Built(join(WEB, "dist"));
}, 180_000);

test("the first page loads no more than its budget", () => {
  expect(built.firstLoad).toBeGreaterThan(50 * KB);
  expect(built.firstLoad).toBeLessThanOrEqual(FIRST_LOAD_MAX);
});

test("no page brings more than its budget beside", () => {
  expect(built.pages.length).toBeGreaterThan(5);
  const weights = built.pages.map((name) => [name, built.beside(name)] as const);
  expect(weights.filter(([, weight]) => weight > ROUTE_MAX)).toEqual([]);
});

test("the core with its story is a chunk of its own, which nobody loads who does not play it", () => {
  const demo = built.manifest["src/demo/index.ts"];
  expect(demo).toBeDefined();
  expect([...built.loadedWith(built.entry)]).not.toContain(demo?.file);
  expect(built.manifest[built.entry]?.dynamicImports).toContain("src/demo/index.ts");
});
