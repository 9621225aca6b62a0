import type { Command } from "commander";
import type { BrokerOptions } from "../../broker/connect.ts";
import { brokerOptions, listOptions } from "../../broker/options.ts";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { ChooseOptions } from "./choose.ts";
import type { AwardListOptions } from "./list.ts";
import type { ScenarioOptions } from "./scenarios.ts";
import type { DecideOptions } from "./decide.ts";

export const addAward: AddCommand = (program, session) => {
  const award = program
    .command("award")
    .summary("awards: list, show, scenarios, choose, approve, decline")
    .description(
      "What was awarded to whom, what else would have been possible, and the decision where one is held for it.",
    );
  for (const add of [addList, addShow, addScenarios, addChoose, addApprove, addDecline]) add(award, session);
};

function addList(award: Command, { io, finish }: Session): void {
  const list = award
    .command("list")
    .description("Lists awards, the last changed first. A supplier sees its own part.")
    .option("--status <states>", "only these, such as held")
    .option("--limit <count>", "at most so many", "50");
  listOptions(list, "print the list as JSON on stdout").action(async (options: AwardListOptions) => {
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

const collect = (value: string, before: readonly string[]): string[] => [...before, value];
const FROM = "by hand: a sheet that --csv has written, or the console, with its column count filled in";
const TAKE = "by hand: so many of a bid, such as bid_7k:512; may be repeated";

function addScenarios(award: Command, { io, finish }: Session): void {
  const scenarios = award
    .command("scenarios")
    .description(
      "Shows ways to award what is in the market, side by side: the cheapest, from the fewest providers, first from those to whom something is promised; and one by hand, checked and priced like the others. Nothing is decided by it.",
    )
    .argument("<request>", "its id")
    .option("--take <bid:count>", TAKE, collect, [])
    .option("--from <file>", FROM)
    .option("--csv <file>", "write a scenario as a sheet, to fill in by hand; - for stdout")
    .option("--scenario <name>", "with --csv: which one, by its name or number (default: the recommended one)");
  brokerOptions(scenarios, "print them as JSON on stdout").action(async (id: string, options: ScenarioOptions) => {
    const { showScenarios } = await import("./scenarios.ts");
    finish(await showScenarios(io, id, options));
  });
  examples(scenarios, [
    ["offtake award scenarios inference-2025", "what could be chosen, and what it comes to"],
    ["offtake award scenarios inference-2025 --take bid_7k:512 --take bid_9q:84", "and a choice of your own"],
    ["offtake award scenarios inference-2025 --csv sheet.csv", "the recommended one, to be changed in a spreadsheet"],
    ["offtake award scenarios inference-2025 --from sheet.csv", "what that comes to"],
  ]);
}

function addChoose(award: Command, { io, finish }: Session): void {
  const choose = award
    .command("choose")
    .description(
      "Proposes an award by one of the scenarios, as it was shown: where anything has moved since, nothing is proposed. Rights to match, approvals and the rules of your party follow.",
    )
    .argument("<request>", "its id")
    .option("--scenario <name>", "cheapest, fewest-providers or commitment-first, or its number in the list")
    .option("--take <bid:count>", TAKE, collect, [])
    .option("--from <file>", FROM)
    .option("-y, --yes", "do not ask");
  brokerOptions(choose, "print the request and the receipt as JSON on stdout").action(
    async (id: string, options: ChooseOptions) => {
      const { chooseAward } = await import("./choose.ts");
      finish(await chooseAward(io, id, options));
    },
  );
  examples(choose, [
    ["offtake award choose inference-2025 --scenario cheapest", "shows it, asks once, and proposes it"],
    ["offtake award choose inference-2025 --take bid_7k:512 --take bid_9q:84 --yes", "by hand, without being asked"],
    ["offtake award choose inference-2025 --from sheet.csv", "by a sheet that was filled in"],
  ]);
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
