import type { Schemas } from "@offtake/client";
import { countText } from "@offtake/core/explanation";
import type { BrokerOptions } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { moneyText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";

export function showScenarios(io: Io, request: string, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("awardScenarios", { params: { book, request } })).value,
    ({ data }) => {
      if (data.length > 0) return data.map(scenarioText).join("\n");
      io.err(`No bids of ${request} have been compared yet. Next: offtake wait ${request}\n`);
      return "";
    },
  );
}

const COLUMNS = [
  { title: "SCENARIO" },
  { title: "SUPPLIER" },
  { title: "COUNT", align: "right" },
  { title: "COST", align: "right" },
] as const;

/** What was chosen, what came next, what binds, and what became of each bid. */
function scenarioText({ chosen, value, runnerUp, unfilled, binding, considered }: Schemas["Evaluation"]): string {
  const rows = [
    ...chosen.map(({ provider, count, cost }) => ["chosen", provider, countText(count), moneyText(cost)]),
    ["", "together", countText(chosen.reduce((sum, { count }) => sum + count, 0)), moneyText(value)],
    ...(runnerUp === undefined
      ? []
      : [["runner-up", runnerUp.provider, countText(runnerUp.count), moneyText(runnerUp.value)]]),
  ];
  const lost = considered.filter(({ verdict }) => verdict !== "taken");
  return [
    tableText(COLUMNS, rows),
    ...unfilled.map(({ count, why }) => `Unfilled: ${countText(count)}, ${why.replaceAll("_", " ")}\n`),
    ...(binding.length === 0 ? [] : [`Binding: ${binding.map((one) => one.replaceAll("_", " ")).join(", ")}\n`]),
    ...lost.map(
      ({ provider, verdict, why }) =>
        `Not taken: ${provider}, ${verdict}${why === "" ? "" : `, ${why.replaceAll("_", " ")}`}\n`,
    ),
  ].join("");
}
