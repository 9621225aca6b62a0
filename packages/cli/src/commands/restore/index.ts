import { type AddCommand, examples } from "../../command.ts";
import type { RestoreOptions } from "./restore.ts";

export const addRestore: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("restore")
    .summary("put a backup into an empty database, and verify all of it")
    .description(
      "Restores a backup into a database that is empty, and follows everything in it: the links of every log and feed, the states that logs " +
        "fold into, the counts of all rows. All of it is there afterwards, or nothing. It may be another PostgreSQL than the backup was made " +
        "from, also a newer one. With --check it is restored into a database that is thrown away: whether it could be.",
    )
    .argument("<file>", "a backup")
    .option("--data <folder>", "where a broker without DATABASE_URL keeps its data", ".offtake")
    .option("--check", "try it, and leave no trace")
    .option("--json", "print what was restored as JSON")
    .action(async (file: string, options: RestoreOptions) => {
      const { restoreFile } = await import("./restore.ts");
      finish(await restoreFile(io, file, options));
    });
  examples(command, [
    ["offtake restore nightly.backup --check", "can it be restored? needs no database"],
    ["offtake restore nightly.backup", "into a new folder .offtake; then start with offtake serve"],
    ["DATABASE_URL=postgres://... offtake restore nightly.backup", "into an empty database of yours"],
  ]);
};
