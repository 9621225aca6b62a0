import type { Schemas } from "@offtake/client";
import { countText } from "@offtake/core/explanation";
import type { BrokerOptions } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { csvText, formatOf, ndjsonText } from "../../broker/shown.ts";
import { whenText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";
import { instantsOf } from "./window.ts";

export interface CapacityOptions extends BrokerOptions {
  readonly from?: string;
  readonly to?: string;
  readonly accelerator?: string;
  readonly region?: string;
  readonly provider?: string;
  readonly over?: true;
  readonly format?: string;
}

type Capacity = Schemas["Capacity"];

/** Blocks with what is free of each; with `--over`, what is free of all together over time. */
export function showCapacity(io: Io, options: CapacityOptions): Promise<ExitCode> {
  const json = options.json === true;
  const window = instantsOf(options);
  const format = formatOf(options.format);
  for (const one of [window, format]) if (!one.ok) return Promise.resolve(tellFailure(io, one.failure, json));
  const { accelerator, region, provider } = options;
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const query = {
        ...(window.ok ? window.value : {}),
        ...(accelerator === undefined ? {} : { accelerator }),
        ...(region === undefined ? {} : { region }),
        ...(provider === undefined ? {} : { provider }),
      };
      return (await client.call("capacityRead", { params: { book }, query })).value;
    },
    ({ data }) => {
      if (data.blocks.length === 0) {
        io.err("There are no blocks in this time that you may see. Next: offtake capacity --from DATE --to DATE\n");
        return "";
      }
      const over = options.over === true;
      const rows = over ? overRows(data) : blockRows(data);
      if (format.ok && format.value === "csv")
        return csvText([(over ? OVER : BLOCKS).map(({ title }) => title.toLowerCase()), ...rows]);
      if (format.ok && format.value === "ndjson") return ndjsonText(over ? data.free : data.blocks);
      return tableText(over ? OVER : BLOCKS, rows);
    },
  );
}

const BLOCKS = [
  { title: "BLOCK" },
  { title: "PROVIDER" },
  { title: "ACCELERATOR" },
  { title: "REGION" },
  { title: "INSTALLED", align: "right" },
  { title: "FREE ALL THE TIME", align: "right" },
  { title: "FREE NOW", align: "right" },
  { title: "FIRMNESS" },
  { title: "COMES FROM" },
] as const;

const blockRows = ({ blocks }: Capacity): string[][] =>
  blocks.map(({ block, provider, accelerator, region, quantity, lowestFree, calendar, firmness, lineage }) => [
    block,
    provider,
    accelerator,
    region,
    countText(quantity),
    countText(lowestFree),
    countText(calendar[0]?.free ?? 0),
    firmness,
    lineage.join(" < "),
  ]);

const OVER = [
  { title: "ACCELERATOR" },
  { title: "REGION" },
  { title: "FROM" },
  { title: "TO" },
  { title: "FREE", align: "right" },
] as const;

const overRows = ({ free }: Capacity): string[][] =>
  free.flatMap(({ accelerator, region, calendar }) =>
    calendar.map((stretch) => [
      accelerator,
      region,
      whenText(stretch.from),
      whenText(stretch.to),
      countText(stretch.free),
    ]),
  );
