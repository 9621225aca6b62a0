import type { Schemas } from "@offtake/client";
import { countText, statusText } from "@offtake/core/explanation";
import type { BrokerOptions } from "../../broker/connect.ts";
import { listAtBroker } from "../../broker/list.ts";
import { whenText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";

export interface ListOptions extends BrokerOptions {
  readonly status?: string;
  readonly limit: string;
}

export function listRequests(io: Io, options: ListOptions): Promise<ExitCode> {
  const { status } = options;
  return listAtBroker(
    io,
    options,
    async ({ client, book }, limit) => {
      const query = { limit, ...(status === undefined ? {} : { status }) };
      return (await client.call("requestList", { params: { book }, query })).value;
    },
    { columns: COLUMNS, rows: (one) => [row(one)], none: "There are none. Next: offtake request submit FILE" },
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
    statusText(status),
    whenText(deadline),
  ];
}

export function acceleratorsText(line: Schemas["Request"]["view"]["request"]["lines"][number]): string {
  return line.accelerators.map(({ acceleratorType }) => acceleratorType).join(" or ");
}
