import { type AddCommand, examples } from "../../command.ts";
import type { BackupOptions } from "./backup.ts";

export const addBackup: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("backup")
    .summary("write all that a broker keeps to one file")
    .description(
      "Writes books, feeds, files, people and everything else that a broker keeps to one compressed file, as of one instant, while brokers go " +
        "on. Nothing but the connection is needed. The file is readable by its owner alone: it holds what every party may see. Try it with " +
        "`offtake restore FILE --check`.",
    )
    .argument("[file]", "where to (default: offtake-<instant>.backup in this folder)")
    .option("--data <folder>", "where a broker without DATABASE_URL keeps its data", ".offtake")
    .option("--force", "replace a file that is there")
    .option("--json", "print what was written as JSON")
    .action(async (file: string | undefined, options: BackupOptions) => {
      const { backup } = await import("./backup.ts");
      finish(await backup(io, file, options));
    });
  examples(command, [
    ["offtake backup", "of the broker in this folder, running or not"],
    ["DATABASE_URL=postgres://... offtake backup nightly.backup --force", "of yours, every night into the same file"],
  ]);
};
