import type { Schemas } from "@offtake/client";
import { codesText, codeText, countText } from "@offtake/core/explanation";
import { type BrokerOptions, type Line, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { tellJson } from "../../broker/shown.ts";
import { moneyText } from "../../broker/texts.ts";
import { writeText } from "../../documents/write.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { fileFailure, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { tableText } from "../../terminal/table.ts";
import { chosenParts, type PartOptions } from "./parts.ts";
import { sheetText } from "./sheet.ts";

export type Scenario = Schemas["AwardScenario"];

export interface ScenarioOptions extends BrokerOptions, PartOptions {
  /** Where a sheet is written, of the scenario that is named: the recommended one when none is. */
  readonly csv?: string;
  readonly scenario?: string;
}

/** Ways to award what is in the market, side by side, and one by hand where parts are named; or one of them as a sheet. */
export async function showScenarios(io: Io, request: string, options: ScenarioOptions): Promise<ExitCode> {
  const json = options.json === true;
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const chosen = await asked(line.value, () => chosenParts(line.value, request, options, io.cwd));
  const parts = chosen.ok ? chosen.value : chosen;
  if (!parts.ok) return tellFailure(io, parts.failure, json);
  const { client, book } = line.value;
  const params = { book, request };
  const answer = await asked(line.value, async () =>
    parts.value.length === 0
      ? (await client.call("awardScenarios", { params })).value
      : (await client.call("awardScenariosManual", { params, body: { parts: [...parts.value] } })).value,
  );
  if (!answer.ok) return tellFailure(io, answer.failure, json);
  const { data, comparisons } = answer.value;
  if (options.csv !== undefined && data.length > 0) return writeSheet(io, line.value, request, data, options);
  if (json) tellJson(io, answer.value, options.fields);
  else if (data.length > 0) io.out(`${scenariosText(data)}\nNext: ${nextText(request, options)}\n`);
  else
    io.err(
      comparisons.length === 0
        ? `No bids of ${request} can be compared yet: they are sealed, or there are none. Next: offtake wait ${request}\n`
        : `Nothing of ${request} is left to choose. What was chosen: offtake explain ${request} --broker\n`,
    );
  return options.csv !== undefined && data.length === 0 ? EXIT.conflict : EXIT.ok;
}

async function writeSheet(
  io: Io,
  line: Line,
  request: string,
  scenarios: readonly Scenario[],
  { csv = "", scenario: typed, json }: ScenarioOptions,
): Promise<ExitCode> {
  const found = scenarios.find((one, index) =>
    typed === undefined ? one.recommended : one.scenario === typed || String(index + 1) === typed,
  );
  if (found === undefined) {
    const names = scenarios.map(({ scenario }) => scenario).join(", ");
    const message = `there is no scenario ${(typed ?? "").slice(0, 40)}; there are ${names}`;
    return tellFailure(io, { code: "usage", message, exit: EXIT.usage }, json === true);
  }
  const told = await asked(line, async () => {
    const { client, book } = line;
    return (await client.call("requestRead", { params: { book, request } })).value.data;
  });
  if (!told.ok) return tellFailure(io, told.failure, json === true);
  const text = sheetText(told.value, found);
  if (csv === "-") {
    io.out(text);
    return EXIT.ok;
  }
  const written = writeText(csv, text, io.cwd);
  if (!written.ok) return tellFailure(io, fileFailure(written.problem), json === true);
  if (json === true) io.out(jsonText({ file: written.value, scenario: found.scenario }));
  else io.out(`${written.value}\nNext: fill in the column count, then offtake award choose ${request} --from ${csv}\n`);
  return EXIT.ok;
}

function nextText(request: string, { take, from }: PartOptions): string {
  if (from !== undefined) return `offtake award choose ${request} --from ${from}`;
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
    ...unfilled.map(({ count, why }) => `${countText(count)} unfilled: ${codeText(why)}`),
    ...(binding.length === 0 ? [] : [`bound by ${codesText(binding)}`]),
    ...saved.map(({ agreement, avoided: money }) => `avoids ${moneyText(money)} of shortfall under ${agreement}`),
    ...(exact ? [] : ["not proved"]),
  ].join("; ");
}

function problemLines(scenarios: readonly Scenario[]): readonly string[] {
  return scenarios.flatMap(({ problems }) =>
    problems.map(({ bid, count, why }) => `Not possible: ${countText(count)} of ${bid}, ${codeText(why)}\n`),
  );
}
