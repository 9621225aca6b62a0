#!/usr/bin/env node
// The `offtake` command in a clone: sets the clone up if it needs to, then runs the command in this process, so that arguments,
// signals and the exit code are its own. The sources are built once and started from there; where that cannot be, they are
// translated as they are imported.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { builtCommand } from "../scripts/bundle.mjs";
import { loadSource } from "../scripts/load.mjs";
import { ROOT, setUpOrExit } from "../scripts/setup.mjs";

await setUpOrExit();
const main = join(ROOT, "packages/cli/src/main.ts");
process.argv[1] = main;
try {
  const built = await builtCommand();
  if (built === undefined) {
    await loadSource(main);
  } else {
    if (process.env["OFFTAKE_DEBUG"] === "1") process.setSourceMapsEnabled(true);
    await import(pathToFileURL(built).href);
  }
} catch (error) {
  process.stderr.write(`offtake: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
