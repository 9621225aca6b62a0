import { statusText } from "@offtake/core/explanation";
import type { Instant } from "@offtake/core/kernel";
import type { BrokerOptions } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { leftText, whenText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import { countOf } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";

/** Deadlines that a glance shows. */
const NEXT = 5;

/** At a glance: where one is, as whom, what is not over, and what falls due next. */
export function status(io: Io, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book, party, address }) => {
      const [header, queue] = await Promise.all([
        client.call("bookRead", { params: { book } }),
        client.call("queueRead", { params: { book } }),
      ]);
      const all = queue.value.data;
      const open = Object.fromEntries(KINDS.map((kind) => [kind, all.filter((one) => one.kind === kind).length]));
      const due = all.filter(({ object }) => object.deadline !== undefined).slice(0, NEXT);
      const { keeper, currency, zone, isKeeper } = header.value.data;
      const next = due.map(({ kind, object: { id, deadline, status: state } }) => ({
        kind,
        id,
        deadline,
        status: state,
      }));
      return { data: { address, book, party, keeper, currency, zone, isKeeper, open, next } };
    },
    ({ data }) => {
      const { address, book, party, keeper, isKeeper, zone, open, next } = data;
      const counts = KINDS.map((kind) => countOf(open[kind] ?? 0, ...WORDS[kind])).join(", ");
      const rows = next.map(({ kind, id, deadline, status: state }) => [
        whenText(deadline, zone),
        leftText(deadline, Date.now() as Instant),
        kind.replace(/s$/, ""),
        id,
        statusText(state),
      ]);
      return [
        `${address}: ${book}, kept by ${keeper}; you act for ${party}${isKeeper ? ", its keeper" : ""}\n`,
        `Not over: ${counts}\n`,
        rows.length === 0 ? "Nothing falls due. " : `\n${tableText(COLUMNS, rows)}`,
        "Next: offtake queue\n",
      ].join("");
    },
  );
}

const KINDS = ["requests", "notices", "invitations", "awards", "conflicts"] as const;
const WORDS: Readonly<Record<(typeof KINDS)[number], readonly [one: string, many: string]>> = {
  requests: ["request", "requests"],
  notices: ["notice", "notices"],
  invitations: ["invitation", "invitations"],
  awards: ["award to decide", "awards to decide"],
  conflicts: ["conflict of clauses", "conflicts of clauses"],
};
const COLUMNS = [
  { title: "DUE" },
  { title: "LEFT", align: "right" },
  { title: "WHAT" },
  { title: "ID" },
  { title: "STATUS" },
] as const;
