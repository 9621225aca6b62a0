import type { Command } from "commander";
import { brokerOptions } from "../../broker/options.ts";
import { type AddCommand, examples } from "../../command.ts";
import type { FeedOptions, WaitOptions } from "./feed.ts";

export const addFeed: AddCommand = (program, { io, finish }) => {
  const feed = program
    .command("feed")
    .summary("everything that your party was told, in order")
    .description(
      "Prints what your party was told, entry by entry: the whole of what it knows. With --out: a file that offtake verify checks offline.",
    )
    .option("--from <position>", "from this entry on", "0")
    .option("--limit <count>", "at most so many (default: all)")
    .option("--out <file>", "write it as lines of JSON, with the chain of hashes");
  brokerOptions(feed, "print each entry as a line of JSON on stdout").action(async (options: FeedOptions) => {
    const { printFeed } = await import("./feed.ts");
    finish(await printFeed(io, options));
  });
  examples(feed, [
    ["offtake feed --from 120", "what is new since entry 120"],
    ["offtake feed --out feed.ndjson", "to keep, and to verify"],
  ]);
};

export const addWatch: AddCommand = (program, { io, finish, runsUntilStopped }) => {
  const watch = program
    .command("watch")
    .summary("what happens, as it happens")
    .description(
      "Follows what your party is told until it is stopped (Ctrl-C). A line that breaks is taken up again: nothing is missed, nothing comes twice.",
    )
    .argument("[about]", "only what names this request, notice, award or invitation");
  brokerOptions(watch, "print each entry as a line of JSON on stdout").action(
    async (about: string | undefined, options: FeedOptions) => {
      const { watchFeed } = await import("./feed.ts");
      runsUntilStopped();
      finish(await watchFeed(io, about, options));
    },
  );
  examples(watch, [
    ["offtake watch", "everything"],
    ["offtake watch inference-2025", "one request"],
  ]);
};

export const addWait: AddCommand = (program, { io, finish }) => {
  const wait: Command = program
    .command("wait")
    .summary("until a request has come to rest")
    .description(
      "Waits until a request is settled. Ends with 0 where all of it was awarded, 8 where less was, 124 where the time is up first.",
    )
    .argument("<request>", "its id")
    .option("--timeout <length>", "at most so long, such as 90s, 15min, 8h or 14d", "1h");
  brokerOptions(wait, "print the request as JSON on stdout").action(async (id: string, options: WaitOptions) => {
    const { waitFor } = await import("./wait.ts");
    finish(await waitFor(io, id, options));
  });
  examples(wait, [["offtake wait inference-2025 --timeout 14d && ./provision.sh", "go on once it is there"]]);
};
