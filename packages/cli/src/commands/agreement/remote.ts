import { statusText } from "@offtake/core/explanation";
import type { Schemas } from "@offtake/client";
import { agreementPhrase, type Clause } from "./phrases.ts";
import type { BrokerOptions } from "../../broker/connect.ts";
import { listAtBroker } from "../../broker/list.ts";
import { atBroker } from "../../broker/run.ts";
import { receiptText, whenText } from "../../broker/texts.ts";
import type { ExitCode } from "../../terminal/exit-codes.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText, wrapText } from "../../terminal/table.ts";

export interface RemoteAgreements extends BrokerOptions {
  readonly limit?: string;
  readonly format?: string;
  readonly at?: string;
}

const LIMIT = "200";

/** The agreements of the party that one acts for, as the broker has told it. */
export function listRemote(io: Io, options: RemoteAgreements): Promise<ExitCode> {
  return listAtBroker(
    io,
    { limit: LIMIT, ...options },
    async ({ client, book }, limit) =>
      (await client.call("agreementList", { params: { book }, query: { limit, order: "id", descending: "false" } }))
        .value,
    {
      columns: ["AGREEMENT", "TITLE", "VERSION", "BUYER", "PROVIDER", "CLAUSES", "TERM", "STATUS"].map((title) => ({
        title,
      })),
      rows: ({ id, status, view: { agreement } }) => [
        [
          id,
          agreement.title,
          String(agreement.version),
          agreement.buyer,
          agreement.provider,
          (agreement.clauses as readonly Clause[]).map(agreementPhrase).join(", ") || "-",
          termText(agreement),
          statusText(status),
        ],
      ],
      none: "There are none that your party is told of. Next: offtake apply FILES",
    },
  );
}

type Version = Schemas["AgreementVersion"]["view"]["agreement"];

const termText = ({ effectiveFrom, effectiveTo }: Pick<Version, "effectiveFrom" | "effectiveTo">): string =>
  `${effectiveFrom.slice(0, 10)}..${effectiveTo?.slice(0, 10) ?? ""}`;

/** One agreement, now or, with `--at`, as it was in force at an instant. */
export function showRemote(io: Io, agreement: string, options: RemoteAgreements): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const params = { book, agreement };
      if (options.at === undefined) return (await client.call("agreementRead", { params })).value;
      return (await client.call("agreementReadAsOf", { params, query: { effectiveAt: options.at } })).value;
    },
    ({ data }) => versionText(data.view.agreement, data.status, io.width),
  );
}

interface ConfirmRemote extends BrokerOptions {
  readonly by?: string;
}

/** Puts on record that somebody has compared a clause with the contract: the next version, in which nothing else differs. */
export function confirmRemote(io: Io, agreement: string, clause: string, options: ConfirmRemote): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) => {
      const params = { book, agreement };
      const { etag = "" } = await client.call("agreementRead", { params });
      const body = { clause, ...(options.by === undefined ? {} : { by: options.by }) };
      return (await client.call("agreementConfirm", { params, body, ifMatch: etag })).value;
    },
    ({ data, receipt }) => {
      const version = data?.view.agreement.version;
      return `The reading of ${clause} is confirmed${version === undefined ? "" : `: version ${version} of ${agreement}`}, ${receiptText(receipt)}\n`;
    },
  );
}

type TextClause = Clause & { readonly text?: string; readonly reading?: { readonly by: string; readonly at: string } };

function versionText(version: Version, status: string, width: number): string {
  const { id, title, version: number, buyer, provider, zone } = version;
  const clauses = (version.clauses as readonly TextClause[]).flatMap((clause) => [
    `  ${clause.id}: ${agreementPhrase(clause)}\n`,
    ...(clause.text === undefined ? [] : [`${wrapText(`"${clause.text}"`, width, "    ")}\n`]),
    ...(clause.reading === undefined ? [] : [`    reading confirmed by ${clause.reading.by}, ${clause.reading.at}\n`]),
  ]);
  return [
    `${id}: ${title}\n`,
    `  version ${number}, ${statusText(status)}\n`,
    `  ${buyer} buys, ${provider} sells\n`,
    `  in force ${termText(version)} (${zone})\n`,
    ...clauses,
    `Next: offtake agreement versions ${id}\n`,
  ].join("");
}

/** Every version that was recorded, and when. */
export function listVersions(io: Io, agreement: string, options: RemoteAgreements): Promise<ExitCode> {
  return atBroker(
    io,
    options,
    async ({ client, book }) =>
      (
        await client.call("agreementVersions", {
          params: { book, agreement },
          query: { order: "created", descending: "false" },
        })
      ).value,
    ({ data }) =>
      tableText(
        ["VERSION", "TITLE", "TERM", "RECORDED", "CLAUSES"].map((name) => ({ title: name })),
        data.map(({ view: { agreement: version, recordedAt } }) => [
          String(version.version),
          version.title,
          termText(version),
          whenText(recordedAt),
          (version.clauses as readonly Clause[]).map(({ id }) => id).join(", "),
        ]),
      ),
  );
}
