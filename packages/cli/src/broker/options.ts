import type { Command } from "commander";

/** The options of every command that talks to a broker. */
export function brokerOptions(command: Command, json: string): Command {
  return command
    .option("--context <name>", "one of those you logged in at (default: the one used last)")
    .option("--json", json);
}
