import type { Schemas } from "@offtake/client";
import { countText } from "@offtake/core/explanation";
import type { BrokerOptions } from "../../broker/connect.ts";
import { limitOf } from "../../broker/limit.ts";
import { atBroker } from "../../broker/run.ts";
import { whenText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import { tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";

export interface ListOptions extends BrokerOptions {
  readonly status?: string;
  readonly limit: string;
}

export async function listRequests(io: Io, options: ListOptions): Promise<ExitCode> {
  const limit = limitOf(options.limit);
  if (!limit.ok) return tellFailure(io, limit.failure, options.json === true);
  const { status } = options;
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const query = { limit: limit.value, ...(status === undefined ? {} : { status }) };
      return (await client.call("requestList", { params: { book }, query })).value;
    },
    ({ data }) => {
      if (data.length > 0) return tableText(COLUMNS, data.map(row));
      io.err("There are none. Next: offtake request submit FILE\n");
      return "";
    },
  );
}

const COLUMNS = [
  { title: "REQUEST" },
  { title: "ASKED FOR" },
  { title: "PURPOSE" },
  { title: "AWARDED", align: "right" },
  { title: "STATUS" },
  { title: "DUE" },
] as const;

function row({ id, status, deadline, view }: Schemas["Request"]): readonly string[] {
  const { lines } = view.request;
  const [first] = lines;
  const supply = first === undefined ? "" : `${countText(first.count)} × ${acceleratorsText(first)}`;
  return [
    id,
    lines.length > 1 ? `${supply} and ${lines.length - 1} more` : supply,
    first?.purposes.map(({ purpose }) => purpose).join(", ") ?? "",
    view.awarded === undefined ? "" : countText(view.awarded),
    status.replaceAll("_", " "),
    whenText(deadline),
  ];
}

export function acceleratorsText(line: Schemas["Request"]["view"]["request"]["lines"][number]): string {
  return line.accelerators.map(({ acceleratorType }) => acceleratorType).join(" or ");
}
