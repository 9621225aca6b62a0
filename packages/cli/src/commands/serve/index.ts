import { type AddCommand, examples } from "../../command.ts";
import { IDENTITY_VARIABLES } from "./identity-variables.ts";
import { REACHING_VARIABLES } from "./reaching-variables.ts";
import type { ServeOptions } from "./serve.ts";

export const addServe: AddCommand = (program, session) => {
  const command = program
    .command("serve")
    .summary("run the broker: its books, their deadlines, the API and the console")
    .description(
      "Runs the broker until it is stopped (Ctrl-C or SIGTERM; what is on its way is answered first). Without DATABASE_URL it starts a PostgreSQL of its own on a folder, and stops it with itself; with DATABASE_URL any number of brokers serve the same books, on one machine or several.",
    )
    .option("--listen <host:port>", "where to answer", "127.0.0.1:8400")
    .option("--data <folder>", "where a PostgreSQL of its own keeps its data", ".offtake")
    .option("--public-url <url>", "where others reach it, where that is not what it listens on")
    .option("--read-only", "answer, and change nothing")
    .option("--calls-per-second <n>", "how many calls each party may keep up, reading and changing apart", "500")
    .option("--no-console", "serve the API alone, without the console's pages")
    .option("--allow-unsafe-database", "start also where the database may lose what it acknowledged")
    .option("--book <folder>", "make a book of these files first, where there is none of its name")
    .option(
      "--every-party",
      "to try a book out: the first login acts for every party of it, and not for its keeper alone",
    )
    .option("--story <name>", "play a story first, and serve it as a book of that name")
    .option("--log <level>", "silent, info or debug: lines of JSON on stderr", "info")
    .addHelpText(
      "after",
      `\nEnvironment:\n  DATABASE_URL  a PostgreSQL of yours (15 or newer), such as postgres://offtake@db.example/offtake; passwords belong here and never in a flag\n${[...IDENTITY_VARIABLES, ...REACHING_VARIABLES].map(([name, what]) => `  ${name}  ${what}\n`).join("")}`,
    )
    .action(async (options: ServeOptions) => {
      const { serve } = await import("./serve.ts");
      session.runsUntilStopped();
      session.finish(await serve(session.io, options));
    });
  examples(command, [
    ["offtake serve", "on a database of its own, in the folder .offtake"],
    ["offtake serve --book my-book", "with the book of a folder, made the first time"],
    ["DATABASE_URL=postgres://... offtake serve", "on yours; start it on two machines and both serve"],
    ["offtake serve --listen 0.0.0.0:8400 --public-url https://broker.example", "behind a proxy that speaks TLS"],
  ]);
};
