import {
  type AgreementVersion,
  type Clause,
  type CommitmentClause,
  isRight,
  type StatusPill,
  statusPill,
} from "@offtake/core/agreements";
import { moneyText } from "@offtake/core/explanation";
import { type Instant, type Money, parseInstant, toInstant } from "@offtake/core/kernel";
import type { Book } from "@offtake/wire/book";
import { bookFiles, loadBook } from "../../documents/book.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { tableText } from "../../terminal/table.ts";

export interface AgreementOptions {
  readonly at?: string;
  readonly json?: true;
}

/** One line for each agreement of a book, in its version of that instant. */
export async function listAgreements(io: Io, path: string, options: AgreementOptions): Promise<ExitCode> {
  const json = options.json === true;
  const at = options.at === undefined ? toInstant(Date.now()) : parseInstant(options.at);
  if (at === undefined)
    return tellFailure(
      io,
      { code: "usage", message: `--at ${options.at ?? ""} is no instant with its offset`, exit: EXIT.usage },
      json,
    );
  const files = bookFiles(path, io.cwd);
  if (!files.ok) return tellFailure(io, files.failure, json);
  const loaded = await loadBook(files.value, io.cwd);
  if (!loaded.ok) return tellFailure(io, loaded.failure, json);
  const rows = rowsOf(loaded.value.book, at);
  if (json) {
    io.out(jsonText(rows));
  } else if (rows.length === 0) {
    io.out(`The book has no agreements. Add one under \`agreements\`, then: offtake validate ${path}\n`);
  } else {
    const columns = ["AGREEMENT", "PROVIDER", "RIGHT", "COMMITMENT", "STATUS"].map((title) => ({ title }));
    io.out(
      tableText(
        columns,
        rows.map(({ name, provider, rights, commitments, status }) => [
          name,
          provider,
          rights.join(", ") || "-",
          commitments.join(", ") || "-",
          status,
        ]),
      ),
    );
  }
  return EXIT.ok;
}

interface Row {
  readonly name: string;
  readonly version: number;
  readonly provider: string;
  readonly rights: readonly string[];
  readonly commitments: readonly string[];
  readonly status: string;
}

function rowsOf(book: Book, at: Instant): Row[] {
  const names = new Map(book.parties.map(({ party }) => [party.id, party.name]));
  const chosen = new Map<string, { agreement: AgreementVersion; status: Parameters<typeof statusPill>[1] }>();
  for (const { agreement, activate } of book.agreements) {
    const before = chosen.get(agreement.id);
    const isNewer =
      before === undefined ||
      (agreement.effectiveFrom <= at && agreement.effectiveFrom >= before.agreement.effectiveFrom);
    if (isNewer) chosen.set(agreement.id, { agreement, status: activate ? "active" : "signed" });
  }
  return [...chosen.values()].map(({ agreement, status }) => ({
    name: agreement.id,
    version: agreement.version,
    provider: names.get(agreement.provider) ?? agreement.provider,
    rights: agreement.clauses
      .filter(isRight)
      .map(
        (right) =>
          `${right.kind.replace("-", " ")}${right.holder === agreement.provider ? "" : ` of ${names.get(right.holder) ?? right.holder}`}`,
      ),
    commitments: agreement.clauses.filter(isCommitment).map(commitmentText),
    status: pillText(statusPill(agreement, status, at)),
  }));
}

const isCommitment = (clause: Clause): clause is CommitmentClause => clause.kind === "commitment";

function commitmentText({ type, schedule }: CommitmentClause): string {
  const amounts = schedule.flatMap(({ amount }) => amount ?? []);
  const [first] = amounts;
  const name = type.replaceAll("-", " ");
  if (first === undefined || !amounts.every(({ currency }) => currency === first.currency)) return name;
  const total: Money = { micros: amounts.reduce((sum, { micros }) => sum + micros, 0n), currency: first.currency };
  return `${name} ${moneyText(total)}`;
}

function pillText(pill: StatusPill): string {
  switch (pill.pill) {
    case "executed":
      return `○ executed, starts in ${countOf(pill.startsInDays, "day")}`;
    case "active":
      return `● active (${countOf(pill.endsInDays, "day")} left)`;
    case "expiring":
      return `◐ expiring in ${countOf(pill.endsInDays, "day")}`;
    case "unknown":
      return `○ unknown: ${pill.missing.join(", ")} is not stated`;
    case "evergreen":
      return "● active, without end";
    case "draft":
    case "conflicted":
    case "suspended":
    case "terminated":
    case "expired":
      return `○ ${pill.pill}`;
  }
}
