// Builds one module of the sources and what it imports into one file, as it is published, and imports that. tsx keeps the names of
// functions by a call for every one that is made; in a hot loop that is a good part of the time, so nothing is measured with it.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./setup.mjs";

/** esbuild is what tsx translates with: the one that it brings. */
export function bundler() {
  const here = createRequire(import.meta.url);
  return /** @type {typeof import("esbuild")} */ (createRequire(here.resolve("tsx/package.json"))("esbuild"));
}

/** Modules that look for files beside themselves keep their own place: `import.meta.url` is that of the source. */
/** @type {import("esbuild").Plugin} */
export const ownPlace = {
  name: "own-place",
  setup(made) {
    made.onLoad({ filter: /[/\\](?:packages[/\\][^/\\]+[/\\]src|bench)[/\\].*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (/[/\\]node_modules[/\\]/.test(path) || !text.includes("import.meta.url")) return undefined;
      return { contents: text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)), loader: "ts" };
    });
  },
};

/** What packages of this repository take from outside: it stays outside. */
function outside() {
  const packages = join(ROOT, "packages");
  const names = readdirSync(packages).flatMap((name) => {
    const manifest = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"));
    return Object.keys(/** @type {Record<string, string>} */ (manifest.dependencies ?? {}));
  });
  return [...new Set(names)].filter((name) => !name.startsWith("@offtake/")).flatMap((name) => [name, `${name}/*`]);
}

/**
 * @param {string} path absolute
 * @returns {Promise<Record<string, unknown>>} its exports
 */
export async function loadBuilt(path) {
  if (!existsSync(path)) throw new Error(`${relative(ROOT, path)} is not in this checkout`);
  // Beside its source: what it takes from packages is found from there.
  const outfile = join(dirname(path), `.${basename(path, ".ts")}.${process.pid}.built.mjs`);
  try {
    await bundler().build({
      entryPoints: [path],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      sourcemap: "inline",
      external: outside(),
      plugins: [ownPlace],
      logLevel: "warning",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}
