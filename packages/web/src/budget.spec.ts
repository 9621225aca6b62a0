import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";

const WEB = fileURLToPath(new URL("../", import.meta.url));
const KB = 1_000;
/** Compressed, what the first page needs: own code, libraries, the client, the sheet. */
const FIRST_LOAD_MAX = 240 * KB;
/** Compressed, what a page brings beside. */
const ROUTE_MAX = 60 * KB;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly src?: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

let manifest: Readonly<Record<string, Chunk>> = {};
beforeAll(() => {
  execFileSync(process.execPath, [join(WEB, "build.mjs")], { stdio: ["ignore", "ignore", "inherit"] });
  manifest = JSON.parse(readFileSync(join(WEB, "dist/manifest.json"), "utf8")) as typeof manifest;
}, 180_000);

/** Everything that is loaded with a chunk, itself included: what it imports, and their sheets. */
function loadedWith(name: string, found = new Set<string>()): ReadonlySet<string> {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`${name} is not in the manifest`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const sheet of chunk.css ?? []) found.add(sheet);
  for (const one of chunk.imports ?? []) loadedWith(one, found);
  return found;
}

const compressed = (file: string): number => gzipSync(readFileSync(join(WEB, "dist", file)), { level: 9 }).length;
const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + compressed(file), 0);

const entry = (): string => {
  const [name] = Object.entries(manifest).find(([, { isEntry }]) => isEntry === true) ?? [];
  if (name === undefined) throw new Error("The build has no entry");
  return name;
};

test("the first page loads no more than its budget", () => {
  const first = sum(loadedWith(entry()));
  expect(first).toBeGreaterThan(50 * KB);
  expect(first).toBeLessThanOrEqual(FIRST_LOAD_MAX);
});

test("no page brings more than its budget beside", () => {
  const first = loadedWith(entry());
  const pages = Object.keys(manifest).filter((name) => /^src\/pages\/.*-page\.tsx$/.test(name));
  expect(pages.length).toBeGreaterThan(5);
  const weights = pages.map((name) => [name, sum([...loadedWith(name)].filter((file) => !first.has(file)))] as const);
  expect(weights.filter(([, weight]) => weight > ROUTE_MAX)).toEqual([]);
});

test("the core with its story is a chunk of its own, which nobody loads who does not play it", () => {
  const first = [...loadedWith(entry())];
  const demo = manifest["src/demo/index.ts"];
  expect(demo).toBeDefined();
  expect(first).not.toContain(demo?.file);
  expect(manifest[entry()]?.dynamicImports).toContain("src/demo/index.ts");
});
