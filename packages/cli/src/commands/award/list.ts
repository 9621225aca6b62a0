import type { Schemas } from "@offtake/client";
import { countText, statusText } from "@offtake/core/explanation";
import type { BrokerOptions } from "../../broker/connect.ts";
import { listAtBroker } from "../../broker/list.ts";
import { atBroker } from "../../broker/run.ts";
import { moneyText, rateText, windowText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";

export interface AwardListOptions extends BrokerOptions {
  readonly status?: string;
  readonly limit: string;
}

export function listAwards(io: Io, options: AwardListOptions): Promise<ExitCode> {
  const { status } = options;
  return listAtBroker(
    io,
    options,
    async ({ client, book }, limit) => {
      const query = { limit, ...(status === undefined ? {} : { status }) };
      return (await client.call("awardList", { params: { book }, query })).value;
    },
    { columns: COLUMNS, rows, none: "There are none. Next: offtake request list" },
  );
}

export function showAward(io: Io, award: string, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("awardRead", { params: { book, award } })).value,
    ({ data }) => tableText(COLUMNS, rows(data)),
  );
}

const COLUMNS = [
  { title: "AWARD" },
  { title: "SUPPLIER" },
  { title: "COUNT", align: "right" },
  { title: "ACCELERATOR" },
  { title: "REGION" },
  { title: "WHEN" },
  { title: "PRICE", align: "right" },
  { title: "COST", align: "right" },
  { title: "STATUS" },
] as const;

function rows({ id, status, view }: Schemas["Award"]): readonly (readonly string[])[] {
  const lines = view.as === "keeper" ? view.award.lines : [...view.supplied, ...view.bought];
  const hosted = view.as === "keeper" ? [] : view.hosted;
  return [
    ...lines.map((line) => [
      id,
      line.host === undefined ? line.provider : `${line.provider} on ${line.host}`,
      countText(line.count),
      line.acceleratorType,
      line.region,
      windowText(line.window),
      rateText(line.price),
      moneyText(line.cost),
      statusText(status),
    ]),
    ...hosted.map(({ seller, count, window }) => [
      id,
      `for ${seller}`,
      countText(count),
      "",
      "",
      windowText(window),
      "",
      "",
      statusText(status),
    ]),
  ];
}
