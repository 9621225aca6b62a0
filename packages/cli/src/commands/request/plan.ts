import type { Schemas } from "@offtake/client";
import { codesText, codeText, countText } from "@offtake/core/explanation";
import { type BrokerOptions, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { tellJson } from "../../broker/shown.ts";
import { whenText } from "../../broker/texts.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText, wrapText } from "../../terminal/table.ts";
import type { TypedParts } from "../plan/wanted.ts";
import { bodyOf, pricedBody, USD } from "./submit.ts";

export interface RequestPlanOptions extends BrokerOptions, TypedParts {
  readonly lead?: string;
  readonly detailedExitcode?: true;
}

type Plan = Schemas["PlanDocument"]["requests"][number];

/** What would follow from a request at the broker; nothing is sent and nothing is kept. */
export async function planRequest(io: Io, typed: string, options: RequestPlanOptions): Promise<ExitCode> {
  const json = options.json === true;
  const body = bodyOf(typed, options, io.cwd, USD);
  if (!body.ok) return tellFailure(io, body.failure, json);
  const { lead } = options;
  if (lead !== undefined && !/^\d{1,4}d?$/.test(lead)) {
    const message = `--lead takes days, such as 14, not ${lead.slice(0, 40)}`;
    return tellFailure(io, { code: "usage", message, exit: EXIT.usage }, json);
  }
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const { client, book } = line.value;
  const answer = await asked(line.value, async () => {
    const { text, type } = await pricedBody(io, typed, options, body.value, line.value);
    const query = lead === undefined ? {} : { leadDays: Number.parseInt(lead, 10) };
    return (await client.call("requestPlan", { params: { book }, query, body: text, contentType: type })).value;
  });
  if (!answer.ok) return tellFailure(io, answer.failure, json);
  const { data } = answer.value;
  if (json) tellJson(io, data, options.fields);
  else io.out(data.requests.map((one) => planText(one, io.width)).join("\n"));
  return data.changes && options.detailedExitcode === true ? EXIT.changes : EXIT.ok;
}

function planText(plan: Plan, width: number): string {
  const { zone, times, restsOn, alternatives, commitments } = plan;
  const due = (at: string | undefined): string => (at === undefined ? "" : whenText(at, zone));
  const steps = [
    ...plan.asked.map((one) => [
      `ask ${one.holderName}`,
      countText(one.count),
      `${one.agreement}/${one.clause}`,
      due(one.sentAt),
      due(one.respondBy),
      SILENCE[one.silence] ?? one.silence,
    ]),
    ...times.tenders.map((one) => [
      `market, ${one.invited} invited`,
      countText(one.count),
      "",
      due(one.opensAt),
      due(one.closesAt),
      `${one.bids + one.supposed} prices known`,
    ]),
  ];
  const sources = plan.sources
    .slice(0, SOURCES_MAX)
    .map(({ providerName, region, count, listPrice, ownPrice, effectivePrice, obstacles }) => [
      providerName,
      region,
      count === 0 ? "-" : countText(count),
      listPrice ?? "-",
      ownPrice ?? "-",
      effectivePrice ?? "-",
      codesText(obstacles),
    ]);
  const rests = restsOn.map(({ kind, name, agreement, clause }) =>
    [
      kind,
      name === undefined ? undefined : codeText(name),
      agreement === undefined ? undefined : `${agreement}${clause === undefined ? "" : `/${clause}`}`,
    ]
      .filter((text) => text !== undefined)
      .join(" "),
  );
  return [
    `${wrapText(plan.recommendation, width)}\n`,
    ...(plan.assumed === undefined ? [] : [`Assumed: ${plan.assumed}\n`]),
    steps.length === 0 ? "" : `\n${tableText(STEPS, steps)}`,
    sources.length === 0 ? "" : `\n${tableText(SOURCES, sources)}`,
    ...commitments.map(
      ({ agreement, clause, avoided }) => `Commitment ${agreement}/${clause}: avoids ${avoided} of shortfall\n`,
    ),
    ...alternatives.slice(0, 3).map(({ text, awarded }) => `Or: ${text} (${countText(awarded)} awarded)\n`),
    rests.length === 0 ? "" : `${wrapText(`Rests on: ${[...new Set(rests)].slice(0, RESTS_MAX).join("; ")}`, width)}\n`,
    times.sendBy === undefined ? "" : `Send it by ${due(times.sendBy)}. Next: offtake request submit ...\n`,
  ].join("");
}

const SOURCES_MAX = 8;
const RESTS_MAX = 6;
const SILENCE: Readonly<Record<string, string>> = {
  refusal: "no answer means refusal",
  acceptance: "no answer means acceptance",
  blocks: "no answer means no",
  consents: "no answer means yes",
};
const STEPS = [
  { title: "STEP" },
  { title: "COUNT", align: "right" },
  { title: "UNDER" },
  { title: "FROM" },
  { title: "UNTIL" },
  { title: "THEN" },
] as const;
const SOURCES = [
  { title: "SOURCE" },
  { title: "REGION" },
  { title: "COUNT", align: "right" },
  { title: "LIST", align: "right" },
  { title: "OWN", align: "right" },
  { title: "EFFECTIVE", align: "right" },
  { title: "NOTE" },
] as const;
