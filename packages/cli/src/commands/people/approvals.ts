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

export interface ListOptions extends BrokerOptions {
  readonly all?: true;
}

export function listApprovals(io: Io, options: ListOptions): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const params = { book };
      const query = options.all === true ? {} : ({ standing: "waits" } as const);
      const { value } = await client.call("approvalList", { params, query });
      if (options.json === true) return value;
      return { ...value, colleagues: (await client.call("colleagueList", { params })).value.data };
    },
    (told) => {
      const names = new Map(
        ("colleagues" in told ? told.colleagues : []).map(({ person, name }) => [person, name ?? person]),
      );
      if (told.data.length === 0) {
        io.err("Nothing waits for approval. Next: offtake queue\n");
        return "";
      }
      if (options.all !== true)
        return tableText(
          COLUMNS,
          told.data.map((one) => row(one, names)),
        );
      return tableText(
        [...COLUMNS, ...DECIDED],
        told.data.map((one) => [...row(one, names), ...decidedRow(one, names)]),
      );
    },
  );
}

const COLUMNS = [
  { title: "APPROVAL" },
  { title: "KIND" },
  { title: "ABOUT" },
  { title: "AMOUNT", align: "right" },
  { title: "RULE" },
  { title: "PROPOSED BY" },
  { title: "ON" },
  { title: "AGREED", align: "right" },
] as const;
const DECIDED = [{ title: "STANDING" }, { title: "BY" }, { title: "WHY" }] as const;

type Names = ReadonlyMap<string, string>;

function row(
  { approval, kind, subject, rule, proposer, proposedAt, decisions, act }: Schemas["Approval"],
  names: Names,
): readonly string[] {
  const agreed = `${decisions.filter(({ approves }) => approves).length} of ${rule.people}`;
  const amount = typeof act["amount"] === "string" ? act["amount"] : "not known";
  const by = proposer === null ? "" : (names.get(proposer) ?? proposer);
  return [approval, kind, subject, amount, rule.id, by, whenText(proposedAt), agreed];
}

function decidedRow({ standing, decisions }: Schemas["Approval"], names: Names): readonly string[] {
  const notes = decisions.flatMap(({ note }) => (note === null ? [] : [note]));
  return [standing, decisions.map(({ person }) => names.get(person) ?? person).join(", "), notes.join("; ")];
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
