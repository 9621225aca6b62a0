// `npm run sim`: the long form of the random market, with new seeds until it is stopped or has run its time. Its arguments are
// read by packages/sim/src/long.ts, which exports `main(args: readonly string[]): Promise<number>`, the exit code.
import { join } from "node:path";
import { loadSource } from "./load.mjs";
import { ROOT, setUpOrExit } from "./setup.mjs";

await setUpOrExit();
const { main } = await loadSource(join(ROOT, "packages/sim/src/long.ts"));
if (typeof main !== "function") throw new Error("packages/sim/src/long.ts exports no function main");
process.exitCode = await main(process.argv.slice(2));
