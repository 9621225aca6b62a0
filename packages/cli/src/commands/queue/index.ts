import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions } from "../../broker/options.ts";
import { type AddCommand, examples } from "../../command.ts";

export const addQueue: AddCommand = (program, { io, finish }) => {
  const queue = program
    .command("queue")
    .summary("what waits for you, and what you wait for")
    .description(
      "Everything that somebody has to do something about, what falls due first on top: notices to answer, awards and approvals to decide, conflicts to settle, invitations to bid; and below it what others have yet to answer.",
    );
  brokerOptions(queue, "print it as JSON on stdout").action(async (options: BrokerOptions) => {
    const { showQueue } = await import("./queue.ts");
    finish(await showQueue(io, options));
  });
  examples(queue, [["offtake queue", "where to begin"]]);
};
