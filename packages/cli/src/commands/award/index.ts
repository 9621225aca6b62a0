import type { Command } from "commander";
import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions } from "../../broker/options.ts";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { AwardListOptions } from "./list.ts";
import type { DecideOptions } from "./decide.ts";

export const addAward: AddCommand = (program, session) => {
  const award = program
    .command("award")
    .summary("awards: list, show, scenarios, approve, decline")
    .description(
      "What was awarded to whom, what else would have been possible, and the decision where one is held for it.",
    );
  for (const add of [addList, addShow, addScenarios, addApprove, addDecline]) add(award, session);
};

function addList(award: Command, { io, finish }: Session): void {
  const list = award
    .command("list")
    .description("Lists awards, the last changed first. A supplier sees its own part.")
    .option("--status <states>", "only these, such as held")
    .option("--limit <count>", "at most so many", "50");
  brokerOptions(list, "print the list as JSON on stdout").action(async (options: AwardListOptions) => {
    const { listAwards } = await import("./list.ts");
    finish(await listAwards(io, options));
  });
  examples(list, [["offtake award list --status held", "what waits for a decision"]]);
}

function addShow(award: Command, { io, finish }: Session): void {
  const show = award.command("show").description("Shows one award with its lines.").argument("<award>", "its id");
  brokerOptions(show, "print it as JSON on stdout").action(async (id: string, options: BrokerOptions) => {
    const { showAward } = await import("./list.ts");
    finish(await showAward(io, id, options));
  });
  examples(show, [["offtake award show awd_7k", "who supplies what at which price"]]);
}

function addScenarios(award: Command, { io, finish }: Session): void {
  const scenarios = award
    .command("scenarios")
    .description(
      "Shows how the bids of a request were compared: what was chosen at which cost, what the runner-up would have cost, what binds, and why each bid was taken, beaten or not possible.",
    )
    .argument("<request>", "its id");
  brokerOptions(scenarios, "print them as JSON on stdout").action(async (id: string, options: BrokerOptions) => {
    const { showScenarios } = await import("./scenarios.ts");
    finish(await showScenarios(io, id, options));
  });
  examples(scenarios, [["offtake award scenarios inference-2025", "what else would have been possible"]]);
}

function addDecision(award: Command, { io, finish }: Session, word: "approve" | "decline", confirm: boolean): Command {
  const decide = award
    .command(word)
    .description(
      confirm
        ? "Confirms an award that is held for a decision: it binds from then on."
        : "Declines an award that is held for a decision: the request goes back to where it was.",
    )
    .argument("<award>", "its id")
    .option("-y, --yes", "do not ask");
  return brokerOptions(decide, "print the award and the receipt as JSON on stdout").action(
    async (id: string, options: DecideOptions) => {
      const { decideAward } = await import("./decide.ts");
      finish(await decideAward(io, id, confirm, options));
    },
  );
}

function addApprove(award: Command, session: Session): void {
  examples(addDecision(award, session, "approve", true), [
    ["offtake award approve awd_7k", "asks once, then it binds"],
  ]);
}

function addDecline(award: Command, session: Session): void {
  examples(addDecision(award, session, "decline", false), [
    ["offtake award decline awd_7k --yes", "without being asked"],
  ]);
}
