import type { AgreementVersion, Clause } from "../agreements/index.ts";
import type { AgreementId, ClauseId } from "../kernel/index.ts";

/** Stable: scripts and reviews refer to them. */
export type FindingCode =
  | "two_exclusives"
  | "exclusive_and_option"
  | "rank_tie"
  | "cyclic_encumbrance"
  | "gap_between_versions"
  | "right_comes_and_goes"
  | "no_end"
  | "renewal_without_end"
  | "outside_term"
  | "notice_never_in_time"
  | "silence_not_stated"
  | "period_overlap"
  | "scope_never_matches"
  | "commitment_out_of_reach"
  | "commitment_nobody_supplies"
  | "calendar_missing"
  | "calendar_year_not_covered"
  | "unknown_party"
  | "party_outside_agreement"
  | "no_notice_address"
  | "text_missing"
  | "reading_unconfirmed";

/** error: it cannot work as it stands. warning: it will surprise somebody. note: it rests on nobody's word yet. */
export type Severity = "error" | "warning" | "note";

/** Where in an agreement: its head, a clause, or one key of either. */
export interface Spot {
  readonly agreement: AgreementId;
  readonly version: number;
  readonly clause?: ClauseId;
  /** As documents name it: `schedule`, `option.until`. */
  readonly key?: string;
}

export interface Finding extends Spot {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** A sentence for people; never parsed. */
  readonly message: string;
  /** What would settle it. */
  readonly remedy: string;
  /** The other clause of a conflict. */
  readonly with?: { readonly agreement: AgreementId; readonly clause: ClauseId };
}

const SEVERITY: Readonly<Record<FindingCode, Severity>> = {
  two_exclusives: "error",
  exclusive_and_option: "warning",
  rank_tie: "error",
  cyclic_encumbrance: "error",
  gap_between_versions: "warning",
  right_comes_and_goes: "warning",
  no_end: "warning",
  renewal_without_end: "note",
  outside_term: "warning",
  notice_never_in_time: "warning",
  silence_not_stated: "note",
  period_overlap: "warning",
  scope_never_matches: "error",
  commitment_out_of_reach: "warning",
  commitment_nobody_supplies: "warning",
  calendar_missing: "error",
  calendar_year_not_covered: "error",
  unknown_party: "error",
  party_outside_agreement: "warning",
  no_notice_address: "warning",
  text_missing: "note",
  reading_unconfirmed: "note",
};

/** A finding about an agreement, or about one of its clauses. */
export function finding(
  code: FindingCode,
  version: AgreementVersion,
  clause: Clause | undefined,
  message: string,
  remedy: string,
  more: Pick<Finding, "key" | "with"> = {},
): Finding {
  return {
    code,
    severity: SEVERITY[code],
    agreement: version.id,
    version: version.version,
    ...(clause === undefined ? {} : { clause: clause.id }),
    ...more,
    message,
    remedy,
  };
}
