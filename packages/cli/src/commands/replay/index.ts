import { type AddCommand, examples } from "../../command.ts";
import type { ReplayOptions } from "./replay.ts";

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export const addReplay: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("replay")
    .summary("run a trace of real jobs through a book: a load test")
    .description(
      "Makes a request of every job of a trace and resolves it in a book whose holders and providers have answered in advance. A load test: the jobs are real, what they are for and under which agreements they run is not.",
    )
    .argument("<trace>", "a trace (timestamp,duration,num_gpus,gpu_time,cluster), packed with gzip or not")
    .requiredOption("--book <book>", "a book file, or the folder of a book")
    .option("--accelerator <name>", "what the jobs run on (default: the only accelerator of the book)")
    .option("--region <region>", "where they may run; may be repeated (default: anywhere)", collect, [])
    .option("--cap <price>", "highest price, such as '2.60 USD/h' (default: none)")
    .option("--start <instant>", "when the first job is submitted (default: as in the trace)")
    .option("--repeated <what>", "keep or drop rows that repeat an earlier one exactly", "keep")
    .option("--durable", "into the log of a PostgreSQL of its own, until everybody's feed and views have all of it")
    .option("--json", "print the report as JSON on stdout")
    .action(async (trace: string, options: ReplayOptions) => {
      const { replay } = await import("./replay.ts");
      finish(await replay(io, trace, options));
    });
  examples(command, [
    ["offtake replay data/traces/philly-2017.csv --book scenarios/philly-2017/book.yaml", "82,247 jobs of 2017"],
    ["offtake replay jobs.csv --book my-book/ --json", "your own trace, for machines"],
    ["offtake replay jobs.csv --book my-book/ --durable", "as a broker does it: kept and told"],
  ]);
};
