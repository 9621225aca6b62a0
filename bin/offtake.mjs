#!/usr/bin/env node
// The `offtake` command in a clone: sets the clone up if it needs to, then runs the command's sources in this process, so that
// arguments, signals and the exit code are its own.
import { join } from "node:path";
import { loadSource } from "../scripts/load.mjs";
import { ROOT, setUpOrExit } from "../scripts/setup.mjs";

await setUpOrExit();
const main = join(ROOT, "packages/cli/src/main.ts");
process.argv[1] = main;
try {
  await loadSource(main);
} catch (error) {
  process.stderr.write(`offtake: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
