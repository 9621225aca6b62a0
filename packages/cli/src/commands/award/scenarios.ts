import type { Schemas } from "@offtake/client";
import { countText } from "@offtake/core/explanation";
import type { BrokerOptions } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { moneyText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";
import { partsOf } from "./parts.ts";

export type Scenario = Schemas["AwardScenario"];

export interface ScenarioOptions extends BrokerOptions {
  readonly take: readonly string[];
}

/** Ways to award what is in the market, side by side, and one by hand where parts are named. */
export function showScenarios(io: Io, request: string, options: ScenarioOptions): Promise<ExitCode> {
  const parts = partsOf(options.take);
  if (!parts.ok) return Promise.resolve(tellFailure(io, parts.failure, options.json === true));
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const params = { book, request };
      if (parts.value.length === 0) return (await client.call("awardScenarios", { params })).value;
      return (await client.call("awardScenariosManual", { params, body: { parts: parts.value } })).value;
    },
    ({ data, comparisons }) => {
      if (data.length > 0) return `${scenariosText(data)}\nNext: ${nextText(request, options.take)}\n`;
      const last = comparisons.at(-1);
      io.err(
        last === undefined
          ? `No bids of ${request} can be compared yet: they are sealed, or there are none. Next: offtake wait ${request}\n`
          : `Nothing of ${request} is left to choose. What was chosen: offtake explain ${request} --broker\n`,
      );
      return "";
    },
  );
}

function nextText(request: string, take: readonly string[]): string {
  const chosen = take.length === 0 ? "--scenario cheapest" : take.map((part) => `--take ${part}`).join(" ");
  return `offtake award choose ${request} ${chosen}`;
}

const COLUMNS = [
  { title: "#", align: "right" },
  { title: "SCENARIO" },
  { title: "PROVIDERS", align: "right" },
  { title: "FILLED", align: "right" },
  { title: "COST", align: "right" },
  { title: "EFFECTIVE", align: "right" },
  { title: "NOTES" },
] as const;
const PARTS = [
  { title: "#", align: "right" },
  { title: "PROVIDER" },
  { title: "COUNT", align: "right" },
  { title: "COST", align: "right" },
  { title: "BID" },
] as const;

/** Which come to what, and who would take how many in each. */
export function scenariosText(scenarios: readonly Scenario[]): string {
  const rows = scenarios.map((one, index) => [
    String(index + 1),
    nameText(one),
    String(one.providers.length),
    countText(one.filled),
    one.cost === undefined ? "in several currencies" : moneyText(one.cost),
    moneyText(one.value),
    notesText(one),
  ]);
  const parts = scenarios.flatMap((one, index) =>
    one.sameAs === undefined
      ? one.parts.map(({ provider, count, cost, bid }) => [
          String(index + 1),
          provider,
          countText(count),
          moneyText(cost),
          bid,
        ])
      : [],
  );
  const [best] = scenarios;
  return [
    tableText(COLUMNS, rows),
    parts.length === 0 ? "" : `\n${tableText(PARTS, parts)}`,
    ...(best?.runnerUp === undefined
      ? []
      : [`Without ${best.providers[0]}: ${moneyText(best.runnerUp.value)} effectively.\n`]),
    ...problemLines(scenarios),
  ].join("");
}

export const nameText = ({ scenario }: Pick<Scenario, "scenario">): string => scenario.replaceAll("-", " ");

function notesText({ recommended, sameAs, exact, more, unfilled, binding, avoided }: Scenario): string {
  const saved = avoided.filter(({ counted }) => counted);
  return [
    ...(recommended ? ["recommended"] : []),
    ...(sameAs === undefined ? [] : [`the same as ${sameAs.replaceAll("-", " ")}`]),
    ...(more === undefined ? [] : [`${more.amount.startsWith("-") ? "" : "+"}${moneyText(more)}`]),
    ...unfilled.map(({ count, why }) => `${countText(count)} unfilled: ${why.replaceAll("_", " ")}`),
    ...(binding.length === 0 ? [] : [`bound by ${binding.map((one) => one.replaceAll("_", " ")).join(", ")}`]),
    ...saved.map(({ agreement, avoided: money }) => `avoids ${moneyText(money)} of shortfall under ${agreement}`),
    ...(exact ? [] : ["not proved"]),
  ].join("; ");
}

function problemLines(scenarios: readonly Scenario[]): readonly string[] {
  return scenarios.flatMap(({ problems }) =>
    problems.map(({ bid, count, why }) => `Not possible: ${countText(count)} of ${bid}, ${why.replaceAll("_", " ")}\n`),
  );
}
