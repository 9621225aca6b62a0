// Runs the TypeScript sources in this process: tsx translates each module as it is imported.
import { existsSync } from "node:fs";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./setup.mjs";

let registered = false;

/**
 * Imports one module of the sources. To be called after setup, since tsx is one of the packages that setup installs.
 *
 * @param {string} path absolute
 * @returns {Promise<Record<string, unknown>>} its exports
 */
export async function loadSource(path) {
  if (!existsSync(path)) throw new Error(`${relative(ROOT, path)} is not in this checkout`);
  if (!registered) {
    const { register } = await import("tsx/esm/api");
    // Without a tsconfig: the one of the folder that the user happens to stand in has no say here.
    register({ tsconfig: false });
    registered = true;
  }
  return import(pathToFileURL(path).href);
}
