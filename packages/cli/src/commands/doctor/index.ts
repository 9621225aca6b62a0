import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions } from "../../broker/options.ts";
import { type AddCommand, examples } from "../../command.ts";

export const addDoctor: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("doctor")
    .summary("what is not well, and what to do about it")
    .description(
      "Looks at what the command needs, from here to the broker: Node, who may read your logins, whether the broker answers and serves, its clock and yours, your login, what is told to whom. Each line that is not well says what to do. Ends with 1 where something has failed.",
    );
  brokerOptions(command, "print the checks as JSON on stdout").action(async (options: BrokerOptions) => {
    const { doctor } = await import("./doctor.ts");
    finish(await doctor(io, options));
  });
  examples(command, [["offtake doctor", "one line for each thing"]]);
};
