import { COMMANDS } from "./commands/index.ts";
import { runCli } from "./program.ts";
import { processIo } from "./terminal/io.ts";
import { EXIT } from "./terminal/exit-codes.ts";

const interruption = new AbortController();

/** First Ctrl-C, or SIGTERM, ends cleanly at the next step, the second at once. */
function interrupt(): void {
  if (interruption.signal.aborted) process.exit(EXIT.interrupted);
  interruption.abort();
}

process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);
process.exitCode = await runCli(process.argv.slice(2), processIo(interruption.signal), COMMANDS);
process.off("SIGINT", interrupt);
process.off("SIGTERM", interrupt);
