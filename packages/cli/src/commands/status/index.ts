import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions } from "../../broker/options.ts";
import { type AddCommand, examples } from "../../command.ts";

export const addStatus: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("status")
    .summary("at a glance: where you are, what is not over, what falls due next")
    .description(
      "Shows at which broker you are and for whom you act, how much is not over yet, and the next deadlines.",
    );
  brokerOptions(command, "print it as JSON on stdout").action(async (options: BrokerOptions) => {
    const { status } = await import("./status.ts");
    finish(await status(io, options));
  });
  examples(command, [["offtake status", "before anything else in the morning"]]);
};
