import { type AddCommand, examples } from "../../command.ts";
import type { RunOptions } from "./run.ts";

export const addRun: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("run")
    .summary("play a story and say who was asked, who answered, who was awarded what, and why")
    .description(
      "Plays a story (schema: offtake/story@1) to its end: a book and what happens in it, step by step. Prints each request with the notices it led to, the answers, the awards and their reasons, and then what became of each element of the news it tells.",
    )
    .argument("<story>", "name of a story under scenarios/, its folder, or its file")
    .option("--once", "play to the end and exit (what it does until there is a server to leave running)")
    .option("--no-reasons", "leave out the explanation of each request")
    .option("--json", "print the outcome as JSON on stdout")
    .action(async (story: string, options: RunOptions) => {
      const { run } = await import("./run.ts");
      finish(await run(io, story, options));
    });
  examples(command, [
    ["offtake run stargate-2025", "the story of January 2025"],
    ["offtake run my-story/story.yaml --json", "your own, for machines"],
  ]);
};
