import type { EvaluationResult } from "../awards/evaluation.ts";
import { secondsInside } from "../awards/limits.ts";
import { findClause } from "../agreements/timeline.ts";
import { type Commitment, type MinimumShare, minimumShareOf, shareHolds } from "../commitments/index.ts";
import type { ComputeRequest, ShareOverride } from "../requests/request.ts";
import type { RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import { reject } from "./turn.ts";

/** A minimum share that is to be kept, and the buyer's decision to miss it where there is one (domain row K4). */
export interface WeighedShare {
  readonly share: MinimumShare;
  readonly override?: ShareOverride;
}

export function weighedShares(request: ComputeRequest, commitments: readonly Commitment[]): WeighedShare[] {
  if (commitments.length === 0) return [];
  return commitments.flatMap(({ agreement, clause }) => {
    if (clause.status !== "active") return [];
    const override = request.overrides?.find((item) => item.agreement === agreement && item.clause === clause.id);
    const share = minimumShareOf(clause, override?.cost);
    if (share === undefined) return [];
    return [override === undefined ? { share } : { share, override }];
  });
}

/** The decisions that a choice makes use of: it misses the share, and bears what that costs. */
export function missedShares(
  request: RequestState,
  shares: readonly WeighedShare[],
  chosen: EvaluationResult["chosen"],
): ShareOverride[] {
  if (shares.length === 0) return [];
  return shares.flatMap(({ share, override }) => {
    if (override === undefined) return [];
    let [own, others] = [0n, 0n];
    for (const part of chosen) {
      const lot = request.lots.find((item) => item.lot.id === part.lot);
      const line = request.market?.bids.find((bid) => bid.id === part.bid)?.lines[part.line];
      const window = line?.window ?? lot?.lot.window;
      const seconds = window === undefined ? 0n : BigInt(part.offered) * BigInt(secondsInside(share, window));
      if (part.provider === share.beneficiary) own += seconds;
      else others += seconds;
    }
    return shareHolds(share, own, others) ? [] : [override];
  });
}

/** An override names a minimum share that the buyer has promised. */
export function checkOverrides(state: BookState, request: ComputeRequest): void {
  for (const { agreement, clause } of request.overrides ?? []) {
    const versions = state.agreements.get(agreement)?.versions;
    if (versions === undefined) reject("unknown_agreement", `There is no agreement "${agreement}" in the book.`);
    const isShare = versions.some((version) => {
      const found = findClause(version, clause);
      return found?.kind === "commitment" && found.type === "minimum-share" && found.obligor === request.buyer;
    });
    if (!isShare)
      reject("unknown_clause", `"${clause}" of ${agreement} is no minimum share that ${request.buyer} has promised.`);
  }
}
