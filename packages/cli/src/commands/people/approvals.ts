import type { Schemas } from "@offtake/client";
import type { BrokerOptions } from "../../broker/connect.ts";
import { atBroker } from "../../broker/run.ts";
import { receiptText, whenText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";

export interface DecideOptions extends BrokerOptions {
  readonly note?: string;
}

export function listApprovals(io: Io, options: BrokerOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) =>
      (await client.call("approvalList", { params: { book }, query: { standing: "waits" } })).value,
    ({ data }) => {
      if (data.length > 0) return tableText(COLUMNS, data.map(row));
      io.err("Nothing waits for approval. Next: offtake queue\n");
      return "";
    },
  );
}

const COLUMNS = [
  { title: "APPROVAL" },
  { title: "KIND" },
  { title: "ABOUT" },
  { title: "RULE" },
  { title: "PROPOSED BY" },
  { title: "ON" },
  { title: "AGREED", align: "right" },
] as const;

function row({
  approval,
  kind,
  subject,
  rule,
  proposer,
  proposedAt,
  decisions,
}: Schemas["Approval"]): readonly string[] {
  const agreed = `${decisions.length} of ${rule.people}`;
  return [approval, kind, subject, rule.id, proposer ?? "", whenText(proposedAt), agreed];
}

export function decideApproval(
  io: Io,
  approval: string,
  word: "give" | "deny",
  options: DecideOptions,
): Promise<ExitCode> {
  const body = options.note === undefined ? {} : { note: options.note };
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const given = { params: { book, approval }, body };
      return word === "give"
        ? (await client.call("approvalGive", given)).value
        : (await client.call("approvalDeny", given)).value;
    },
    ({ data: { standing, receipt } }) =>
      `${approval}: ${standing === "waits" ? "others have to agree too" : standing}${receipt === undefined ? "" : `, ${receiptText(receipt)}`}\n`,
  );
}
