import type { CommitmentClause, DateClause, EntitlementClause, RightClause } from "../agreements/clause.ts";
import type { ZoneId } from "../calendar/index.ts";
import type {
  AgreementId,
  ClauseId,
  Instant,
  Money,
  PartyId,
  Problem,
  Rate,
  RequestId,
  TimeWindow,
} from "../kernel/index.ts";
import type { NoticeKind } from "../notices/notice.ts";

/** What happens at a date, with what the words about it need. */
export type Happening =
  | { readonly kind: "start"; readonly number: number }
  | { readonly kind: "end"; readonly why: "term" | "notice" | "terminated" }
  /** A term ends and the next begins; `to` is absent where it then runs until somebody gives notice. */
  | { readonly kind: "renewal"; readonly number: number; readonly to?: Instant }
  /** The last instant at which a notice that stops the renewal may be received. */
  | { readonly kind: "last-notice"; readonly number: number; readonly ends: Instant; readonly next?: Instant }
  | { readonly kind: "option"; readonly count: number; readonly price?: Rate }
  | {
      readonly kind: "entitlement";
      readonly act: EntitlementClause["act"];
      readonly count: number;
      readonly price: Rate;
    }
  /** A period of a commitment ends. What is missing by then costs `shortfall`, where that is known. */
  | {
      readonly kind: "commitment";
      readonly type: CommitmentClause["type"];
      readonly period: TimeWindow;
      readonly shortfall?: Money;
    }
  /** A month or year by which a share of use is measured. */
  | { readonly kind: "measurement"; readonly of: "carve-out" | "minimum-share"; readonly period: TimeWindow }
  | { readonly kind: "waiver"; readonly waiver: string }
  | {
      readonly kind: "answer";
      readonly request: RequestId;
      readonly notice: NoticeKind;
      readonly count: number;
      readonly silence: RightClause["silence"];
    }
  | { readonly kind: "tail"; readonly request: RequestId; readonly count: number }
  | { readonly kind: "signing"; readonly request: RequestId; readonly count: number }
  /** A date clause; with a notice period, the last instant at which its notice may be received, for the date `on`. */
  | {
      readonly kind: "date";
      readonly subject: DateClause["subject"];
      readonly on: Instant;
      readonly noticed: boolean;
      readonly silence?: string;
    };

/** When a notice must leave so that it is received in time, also if every channel but the last fails. */
export interface SafeSend {
  /** The last instant; a millisecond later it may come too late. */
  readonly by: Instant;
  /** The recipient's, by which it is deemed received. */
  readonly zone: ZoneId;
  /** In the order in which they are tried. */
  readonly channels: readonly string[];
}

/** One date that a contract causes. */
export interface ContractDate {
  /** Stays the same when the date moves: what it is about, and not when. */
  readonly id: string;
  readonly what: Happening;
  readonly agreement: AgreementId;
  readonly version: number;
  readonly clause?: ClauseId;
  /** Who looks after it in the keeper's house. */
  readonly owner?: string;
  /** Who may act, where somebody may. */
  readonly actor?: PartyId;
  /** Whom a notice goes to. */
  readonly recipient?: PartyId;
  /** `begins`: the first instant. `ends`: the first instant after. `by`: the last instant in time. */
  readonly form: "begins" | "ends" | "by";
  readonly at: Instant;
  readonly zone: ZoneId;
  readonly send?: SafeSend;
  /** What nobody has confirmed or stated, of the clause, or of the agreement where it is about that. */
  readonly unconfirmedReading: boolean;
  readonly defaults: readonly string[];
}

/** A date that cannot be worked out, and why: most often a calendar that does not cover its year. */
export interface UnknownDate {
  readonly agreement: AgreementId;
  readonly clause?: ClauseId;
  readonly about: Happening["kind"];
  readonly problem: Problem;
}

export interface Dates {
  /** By the instant at which somebody must act at the latest, soonest first. */
  readonly dates: readonly ContractDate[];
  readonly unknown: readonly UnknownDate[];
}

/** When something must be done at the latest: the last safe instant to send where something is sent, else the date itself. */
export function dueAt(date: Pick<ContractDate, "at" | "send">): Instant {
  return date.send?.by ?? date.at;
}
