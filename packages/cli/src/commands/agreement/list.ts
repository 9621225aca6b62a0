import {
  type AgreementVersion,
  type Clause,
  type CommitmentClause,
  isRight,
  type RightClause,
} from "@offtake/core/agreements";
import { moneyText } from "@offtake/core/explanation";
import type { Money } from "@offtake/core/kernel";
import { conflictFindings, type Finding, openPoints } from "@offtake/core/review";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { tableText } from "../../terminal/table.ts";
import { instantOf, lookAt, type LookedAt } from "./looked-at.ts";
import { chosenVersions, statusOf } from "./status.ts";

export interface AgreementOptions {
  readonly at?: string;
  readonly json?: true;
}

/** One line for each agreement of a book, in its version of that instant. */
export async function listAgreements(io: Io, path: string, options: AgreementOptions): Promise<ExitCode> {
  const json = options.json === true;
  const at = instantOf(options.at);
  if (!at.ok) return tellFailure(io, at.failure, json);
  const looked = lookAt(path, at.value, io.cwd);
  if (!looked.ok) return tellFailure(io, looked.failure, json);
  const conflicts = conflictFindings(looked.value.reviewed);
  const rows = chosenVersions(looked.value).map((version) => rowOf(version, looked.value, conflicts));
  if (json) {
    io.out(jsonText(rows));
  } else if (rows.length === 0) {
    io.out(`The book has no agreements. Make one by questions: offtake agreement new FILE\n`);
  } else {
    const columns = ["AGREEMENT", "PROVIDER", "RIGHT", "COMMITMENT", "STATUS", "RESTS ON"].map((title) => ({ title }));
    const cells = rows.map(({ name, provider, rights, commitments, status, restsOn }) => [
      name,
      provider,
      rights.join(", ") || "-",
      commitments.join(", ") || "-",
      status,
      restsOn,
    ]);
    io.out(tableText(columns, cells));
    tellNext(io, rows, path);
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
  /** Clauses whose reading nobody has confirmed. */
  readonly unconfirmed: readonly string[];
  /** Defaults that say who is asked, or by when. */
  readonly defaults: number;
  /** Rights of it that collide with those of others. */
  readonly conflicts: readonly string[];
  readonly restsOn: string;
}

function rowOf(version: AgreementVersion, looked: LookedAt, conflicts: readonly Finding[]): Row {
  const { nameOf, reviewed } = looked;
  const clauses = version.clauses.filter(({ kind }) => kind !== "record");
  const unconfirmed = clauses.filter(({ reading }) => reading === undefined).map(({ id }) => id);
  const own = conflicts.filter((one) => one.agreement === version.id || one.with?.agreement === version.id);
  const defaults = openPoints({ ...reviewed, versions: [version] }).filter(({ weight }) => weight === 1).length;
  return {
    name: version.id,
    version: version.version,
    provider: nameOf(version.provider),
    rights: version.clauses.filter(isRight).map((right) => rightText(right, version, looked)),
    commitments: version.clauses.filter(isCommitment).map(commitmentText),
    status: statusOf(version, looked),
    unconfirmed,
    defaults,
    conflicts: own.map(({ code }) => code),
    restsOn: restsOnText(unconfirmed.length, clauses.length, defaults, own.length),
  };
}

function restsOnText(unconfirmed: number, clauses: number, defaults: number, conflicts: number): string {
  const readings =
    unconfirmed === 0 ? (clauses === 0 ? [] : ["confirmed"]) : [`${unconfirmed} of ${clauses} unconfirmed`];
  const open = defaults === 0 ? [] : [`${defaults} open`];
  const colliding = conflicts === 0 ? [] : [countOf(conflicts, "conflict")];
  return [...readings, ...open, ...colliding].join(", ") || "-";
}

const MODES: Readonly<Record<RightClause["trigger"], string>> = {
  request: "offer-first",
  "third-party-offer": "match",
};

function rightText(
  { kind, trigger, holder }: RightClause,
  { provider }: AgreementVersion,
  { nameOf }: LookedAt,
): string {
  const mode = kind === "first-refusal" ? ` · ${MODES[trigger]}` : "";
  return `${kind.replace("-", " ")}${mode}${holder === provider ? "" : ` of ${nameOf(holder)}`}`;
}

const isCommitment = (clause: Clause): clause is CommitmentClause => clause.kind === "commitment";

/** What is drawn of what was promised, where that is money of one currency. */
function commitmentText({ type, schedule }: CommitmentClause): string {
  const amounts = schedule.flatMap(({ amount }) => amount ?? []);
  const [first] = amounts;
  const name = type.replaceAll("-", " ");
  if (first === undefined || !amounts.every(({ currency }) => currency === first.currency)) return name;
  const total: Money = { micros: amounts.reduce((sum, { micros }) => sum + micros, 0n), currency: first.currency };
  const drawn = schedule.reduce((sum, period) => sum + (period.drawn?.micros ?? 0n), 0n);
  return `${name} ${drawn === 0n ? "" : `${moneyText({ ...total, micros: drawn })} of `}${moneyText(total)}`;
}

function tellNext(io: Io, rows: readonly Row[], path: string): void {
  if (rows.every(({ unconfirmed, defaults, conflicts }) => unconfirmed.length + defaults + conflicts.length === 0))
    return;
  io.err(`What is open, as questions for your lawyer: offtake agreement check ${path}\n`);
}
