import { type AddCommand, examples } from "../../command.ts";
import type { DemoOptions } from "./demo.ts";

export const addDemo: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("demo")
    .summary("see in a minute what it does, on invented agreements")
    .description(
      "Shows five invented agreements, plays a request through them to its award, and says what to type next. Writes nothing, asks nothing, sends nothing.",
    )
    .option("--json", "print the outcome of the story as JSON on stdout")
    .action(async (options: DemoOptions) => {
      const { demo } = await import("./demo.ts");
      finish(await demo(io, options));
    });
  examples(command, [["offtake demo", "nothing is needed for it"]]);
};
