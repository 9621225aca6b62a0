// `npm run sim`: the long form of the random market, with new seeds until it is stopped or has run its course. Its arguments are
// read by packages/sim/src/long.ts, which exports `main(args, surroundings): Promise<number>`, the exit code.
import { join } from "node:path";
import { loadSource } from "./load.mjs";
import { ROOT, setUpOrExit } from "./setup.mjs";

await setUpOrExit();
const { main } = await loadSource(join(ROOT, "packages/sim/src/long.ts"));
if (typeof main !== "function") throw new Error("packages/sim/src/long.ts exports no function main");

let stopped = false;
process.on("SIGINT", () => {
  // The second time it means now.
  if (stopped) process.exit(130);
  stopped = true;
});
process.exitCode = await main(process.argv.slice(2), {
  print: (/** @type {string} */ line) => process.stdout.write(`${line}\n`),
  progress: (/** @type {string} */ line) => process.stderr.write(`${line}\n`),
  pause: () => new Promise((resolve) => setImmediate(() => resolve(stopped))),
  nowMs: () => performance.now(),
  fresh: Date.now() % 1_000_000_000,
});
