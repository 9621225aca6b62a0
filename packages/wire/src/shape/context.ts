import { fromDate, untilDate, type ZoneId } from "@offtake/core/calendar";
import type { AgreementId, ClauseId, Instant } from "@offtake/core/kernel";
import type { ProblemCode } from "../problems/index.ts";
import type { When } from "../scalars/index.ts";
import type { Path } from "../source/index.ts";
import type { Report } from "./report.ts";

/** Things that documents refer to by name. */
export type NamedKind =
  | "party"
  | "calendar"
  | "agreement"
  | "block"
  | "request"
  | "offer"
  | "waiver"
  | "standing answer";

const CODES: Readonly<Record<NamedKind, ProblemCode>> = {
  party: "unknown_party",
  calendar: "unknown_calendar",
  agreement: "unknown_agreement",
  block: "unknown_block",
  request: "unknown_request",
  offer: "unknown_offer",
  waiver: "unknown_waiver",
  "standing answer": "unknown_standing_answer",
};

/** Names that are known; a kind that is left out is not checked, as when one agreement is read alone. */
export type KnownNames = Partial<Record<NamedKind, ReadonlySet<string>>> & {
  /** For each clause id, the agreements that have such a clause. */
  readonly clauses?: ReadonlyMap<string, readonly string[]>;
  /** Accelerators that the book declares itself. */
  readonly accelerators?: ReadonlySet<string>;
};

/** A clause as a document names it. */
export interface ClauseRef {
  readonly agreement?: string;
  readonly clause: string;
}

const NOTHING: ReadonlySet<string> = new Set();

/** What the reading of a part of a document needs from the whole: where to report, which zone applies, which names there are. */
export class ReadingContext {
  readonly report: Report;
  readonly zone: ZoneId;
  readonly names: KnownNames;

  constructor(report: Report, zone: ZoneId, names: KnownNames = {}) {
    this.report = report;
    this.zone = zone;
    this.names = names;
  }

  /** Ids of accelerators that the book declares itself. */
  get accelerators(): ReadonlySet<string> {
    return this.names.accelerators ?? NOTHING;
  }

  inZone(zone: ZoneId): ReadingContext {
    return new ReadingContext(this.report, zone, this.names);
  }

  /** Which clause of which agreement is meant. Undefined once it is reported that there is none, or that there are several. */
  clause(ref: ClauseRef, path: Path): { agreement: AgreementId; clause: ClauseId } | undefined {
    const { clauses } = this.names;
    const found = clauses === undefined ? [] : (clauses.get(ref.clause) ?? []);
    if (ref.agreement !== undefined) {
      const right = { agreement: ref.agreement as AgreementId, clause: ref.clause as ClauseId };
      if (clauses === undefined || found.includes(ref.agreement)) return right;
      if (this.checkName("agreement", ref.agreement, path)) {
        const known = [...clauses]
          .filter(([, agreements]) => agreements.includes(ref.agreement ?? ""))
          .map(([clause]) => clause);
        this.report.addUnknown(path, "unknown_clause", `clause in ${ref.agreement}`, ref.clause, known);
      }
      return undefined;
    }
    const [only] = found;
    if (only !== undefined && found.length === 1)
      return { agreement: only as AgreementId, clause: ref.clause as ClauseId };
    if (found.length > 1) {
      const full = found.map((agreement) => `${agreement}/${ref.clause}`);
      this.report.add(path, "ambiguous_reference", `several agreements have a clause \`${ref.clause}\``, {
        expected: full.join(" or "),
        didYouMean: full.slice(0, 3),
      });
    } else if (clauses === undefined) {
      this.report.add(path, "ambiguous_reference", "the agreement is not named", { expected: "agreement/clause" });
    } else {
      this.report.addUnknown(path, "unknown_clause", "clause", ref.clause, clauses.keys());
    }
    return undefined;
  }

  /** Reports a name that refers to nothing; gives whether it is known. */
  checkName(kind: NamedKind, name: string, path: Path): boolean {
    const known = this.names[kind];
    if (known === undefined || known.has(name)) return true;
    this.report.addUnknown(path, CODES[kind], kind, name, known);
    return false;
  }

  /** The first instant of what begins then: a date begins at 00:00 in the zone (rule G3). */
  from(when: When): Instant {
    return when.kind === "instant" ? when.at : fromDate(this.zone, when.epochDay);
  }

  /** The first instant after what ends then: a date ends at 24:00 in the zone (rule G3). */
  until(when: When): Instant {
    return when.kind === "instant" ? when.at : untilDate(this.zone, when.epochDay);
  }

  /** A span `[from, to)`, reported where it is empty. */
  span(from: Instant, to: Instant, path: Path): { from: Instant; to: Instant } {
    if (from >= to)
      this.report.add(path, "invalid_window", "the span ends before it begins", {
        expected: "an end after the beginning",
      });
    return { from, to };
  }
}
