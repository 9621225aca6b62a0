import type { Schemas } from "@offtake/client";
import { countText } from "@offtake/core/explanation";
import type { BrokerOptions } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { csvText, formatOf, ndjsonText } from "../../broker/shown.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";
import { instantsOf } from "./window.ts";

export interface PositionOptions extends BrokerOptions {
  readonly from?: string;
  readonly to?: string;
  readonly accelerator?: string;
  readonly region?: string;
  readonly format?: string;
}

type Position = Schemas["Position"];

const COLUMNS = [
  { title: "ACCELERATOR" },
  { title: "REGION" },
  { title: "MONTH" },
  { title: "DEMAND", align: "right" },
  { title: "SECURED", align: "right" },
  { title: "GAP", align: "right" },
] as const;

/** Demand less what is secured, in accelerators on average, by kind, region and month; with sums of each kind and month. */
export async function showPosition(io: Io, options: PositionOptions): Promise<ExitCode> {
  const json = options.json === true;
  const window = instantsOf(options);
  if (!window.ok) return tellFailure(io, window.failure, json);
  const format = formatOf(options.format);
  if (!format.ok) return tellFailure(io, format.failure, json);
  const { accelerator, region } = options;
  const query = {
    ...window.value,
    ...(accelerator === undefined ? {} : { accelerator }),
    ...(region === undefined ? {} : { region }),
  };
  return atBroker(
    io,
    options,
    async ({ client, book }) => (await client.call("positionRead", { params: { book }, query })).value,
    ({ data }) => {
      if (!data.complete) io.err("Not all was looked through: the newest requests and awards alone are in it.\n");
      if (format.value === "ndjson") return ndjsonText(data.cells);
      const rows = data.cells.map(({ accelerator: kind, region: where, month, demand, secured, gap }) =>
        [kind, where, month, demand, secured, gap].map(String),
      );
      if (format.value === "csv") return csvText([COLUMNS.map(({ title }) => title.toLowerCase()), ...rows]);
      if (data.cells.length > 0) return tableText(COLUMNS, [...data.cells.map(rowOf), ...sumRows(data)]);
      io.err("Nothing is asked for in this time. Next: offtake position --from DATE --to DATE\n");
      return "";
    },
  );
}

type Cell = Pick<Position["cells"][number], "accelerator" | "region" | "month" | "demand" | "secured" | "gap">;

const rowOf = ({ accelerator, region, month, demand, secured, gap }: Cell): string[] => [
  accelerator,
  region,
  month,
  countText(demand),
  countText(secured),
  gap > 0 ? `+${countText(gap)}` : countText(gap),
];

/** All regions of a kind and month together, where there are several. */
function sumRows({ cells }: Position): string[][] {
  const sums = new Map<string, Cell & { readonly regions: number }>();
  for (const { accelerator, month, demand, secured, gap } of cells) {
    const key = `${accelerator} ${month}`;
    const sum = sums.get(key) ?? { accelerator, region: "all", month, demand: 0, secured: 0, gap: 0, regions: 0 };
    sums.set(key, {
      ...sum,
      demand: sum.demand + demand,
      secured: sum.secured + secured,
      gap: sum.gap + gap,
      regions: sum.regions + 1,
    });
  }
  return [...sums.values()].filter(({ regions }) => regions > 1).map(rowOf);
}
