import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions } from "../../broker/options.ts";
import { type AddCommand, examples } from "../../command.ts";
import type { PauseOptions } from "./outgoing.ts";

export const addOutgoing: AddCommand = (program, { io, finish }) => {
  const outgoing = program
    .command("outgoing")
    .summary("what goes out by mail, webhook and chat: show, pause, resume")
    .description(
      "Mail, webhooks and chats of all books, from every node. While they are held back deadlines run on and parties read in their feeds as before; a period that runs from the delivery of a notice begins once it is delivered. Roles: operator.",
    );
  const show = outgoing.command("show").description("Says whether anything is held back, and how much waits.");
  brokerOptions(show, "print how it stands as JSON on stdout").action(async (options: BrokerOptions) => {
    const { showOutgoing } = await import("./outgoing.ts");
    finish(await showOutgoing(io, options));
  });
  examples(show, [["offtake outgoing show", "what waits, what failed, and since when all is held back"]]);
  const pause = outgoing
    .command("pause")
    .description("Holds all of it back. What is on its way at that moment arrives.")
    .option("-y, --yes", "do not ask");
  brokerOptions(pause, "print how it stands as JSON on stdout").action(async (options: PauseOptions) => {
    const { pauseOutgoing } = await import("./outgoing.ts");
    finish(await pauseOutgoing(io, options));
  });
  examples(pause, [["offtake outgoing pause --yes", "before a restored database goes live"]]);
  const resume = outgoing.command("resume").description("Lets it go again: what waits is sent at once, in its order.");
  brokerOptions(resume, "print how it stands as JSON on stdout").action(async (options: BrokerOptions) => {
    const { resumeOutgoing } = await import("./outgoing.ts");
    finish(await resumeOutgoing(io, options));
  });
  examples(resume, [["offtake outgoing resume", ""]]);
};
