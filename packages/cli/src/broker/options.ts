import { type Command, Option } from "commander";

/** The options of every command that talks to a broker. */
export function brokerOptions(command: Command, json: string): Command {
  return command
    .option("--context <name>", "one of those you logged in at (default: the one used last)")
    .option("--json", `${json}; --json=id,status prints these fields alone`)
    .addOption(new Option("--fields <names>").hideHelp());
}

/** Beside them, those of a list: the same rows for other programs. */
export function listOptions(command: Command, json: string): Command {
  return brokerOptions(command, json).option(
    "--format <format>",
    "table, csv, ndjson (one object on each line), or ids (default: table)",
  );
}
