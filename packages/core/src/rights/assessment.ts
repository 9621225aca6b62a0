import type { AgreementId, ClauseId, Instant } from "../kernel/index.ts";

/** Names one right in one version of its agreement: what a reason cites. */
export interface RightRef {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly version: number;
}

/** Why a clause does or does not weigh on a lot; a small reference, rendered to words only for a reader. */
export type Verdict =
  | "applies"
  | "out_of_scope"
  | "carved_out"
  | "not_new_capacity"
  | "below_de_minimis"
  | "standing_waiver"
  | "holder_in_default"
  | "holder_not_eligible"
  | "not_live"
  | "ended"
  | "cap_exhausted"
  | "other_side"
  | "same_lineage"
  | "grantor_not_buyer"
  | "holder_is_counterparty"
  | "no_release"
  | "nothing_bought"
  | "yields";

export interface Assessment {
  readonly right: RightRef;
  readonly verdict: Verdict;
  /** Facts tested, `dimension=value` pairs that decided, or the carve-out's id; for the explanation. */
  readonly facts: readonly string[];
  /** Facts nobody declared, read in the holder's favour. */
  readonly undeclared: readonly string[];
  /** Which alternatives of the lot it burdens, by index; all when absent. */
  readonly alternatives?: readonly number[];
  /** How many accelerators of the lot it reaches, where that is less than all. */
  readonly limit?: number;
  readonly unconfirmedReading: boolean;
  /**
   * Names of what nobody stated and what yet decided this: its default stands (`agreement.holidays`: of the agreement's head).
   * Absent: none did.
   */
  readonly defaults?: readonly string[];
}

/** The same right with another verdict, for another reason: what decided the first does not decide this one. */
export function overruled(one: Assessment, verdict: Verdict, facts: readonly string[] = one.facts): Assessment {
  const { defaults: _, ...rest } = one;
  return { ...rest, verdict, facts };
}

/** Reasons of a clearance: proof that a right does not block. */
export type ClearanceReason =
  | "refused"
  | "lapsed"
  | "waived"
  | "forfeited"
  | "consented"
  | "supported"
  | "not_applicable"
  | "released"
  | "suspended"
  | "extinguished";

export interface Waiver {
  readonly id: string;
  readonly right: { readonly agreement: AgreementId; readonly clause: ClauseId };
  readonly standing: boolean;
  readonly from: Instant;
  readonly to?: Instant;
  /** Specific waivers: terms that they hold for. */
  readonly limits: {
    readonly provider?: string;
    readonly countMax?: number;
    readonly priceMaxMicros?: bigint;
    readonly purposes?: readonly string[];
  };
  readonly infoNotice: boolean;
}
