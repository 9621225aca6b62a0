import type { CommitmentClause } from "../agreements/clause.ts";
import { believe, type Money, type PartyId, rational, type Rational, type TimeWindow } from "../kernel/index.ts";

/** A share of the accelerator-time of a period that must go to one party: a hard constraint (domain row K4). */
export interface MinimumShare {
  readonly beneficiary: PartyId;
  readonly shareBp: number;
  /** Accelerator-seconds of the period without the request at hand: all, and the beneficiary's. */
  readonly projected: { readonly total: bigint; readonly beneficiary: bigint };
  /** Measured periods; no time outside them counts. All time counts when absent. */
  readonly periods?: readonly TimeWindow[];
  /** The buyer's recorded decision to miss it, and what that costs. */
  readonly override?: Money;
}

/**
 * The constraint as one exact line: `ofBeneficiary x b - ofOthers x o >= need` for the accelerator-seconds b and o that an award
 * adds for the beneficiary and for others. An award holds the constraint when the share reaches the minimum or, where it is
 * below already, when the award does not lower it: what goes to the beneficiary is never barred.
 */
export interface ShareLine {
  readonly ofBeneficiary: bigint;
  readonly ofOthers: bigint;
  readonly need: bigint;
}

export function shareLine(share: MinimumShare): ShareLine {
  const { total, beneficiary } = share.projected;
  const minimum = BigInt(share.shareBp);
  const short = minimum * total - 10_000n * beneficiary;
  if (total > 0n && short > 0n) return { ofBeneficiary: total - beneficiary, ofOthers: beneficiary, need: 0n };
  return { ofBeneficiary: 10_000n - minimum, ofOthers: minimum, need: short };
}

/** Whether an award of so many accelerator-seconds, to the beneficiary and to others, holds the constraint. */
export function shareHolds(share: MinimumShare, toBeneficiary: bigint, toOthers: bigint): boolean {
  const line = shareLine(share);
  return line.ofBeneficiary * toBeneficiary - line.ofOthers * toOthers >= line.need;
}

/** The share after an award, exact; undefined where there is no accelerator-time at all. */
export function shareAfter(share: MinimumShare, toBeneficiary: bigint, toOthers: bigint): Rational | undefined {
  const total = share.projected.total + toBeneficiary + toOthers;
  return total === 0n ? undefined : rational(share.projected.beneficiary + toBeneficiary, total);
}

/** The constraint that a commitment clause states; undefined for other types, and where no projection is recorded. */
export function minimumShareOf(clause: CommitmentClause, override?: Money): MinimumShare | undefined {
  if (clause.type !== "minimum-share" || clause.shareBp === undefined || clause.projected === undefined)
    return undefined;
  const { total, beneficiary } = clause.projected;
  believe(0n <= beneficiary && beneficiary <= total, "a part is not above the whole");
  return {
    beneficiary: clause.beneficiary,
    shareBp: clause.shareBp,
    projected: clause.projected,
    ...(clause.schedule.length > 0 && { periods: clause.schedule }),
    ...(override !== undefined && { override }),
  };
}
