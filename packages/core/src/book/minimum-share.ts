import { secondsInside } from "../awards/limits.ts";
import { shareHolds } from "../commitments/index.ts";
import { blockAward } from "./block-award.ts";
import { commitmentsOf } from "./commitments.ts";
import type { RequestState } from "./request-state.ts";
import { weighedShares } from "./shares.ts";
import type { Turn } from "./turn.ts";

/**
 * Whether a buyer's own proposal would miss a minimum share that it has promised, and that nobody has decided to miss (row K4). What
 * is proposed by the comparison of bids has been held against it there.
 */
export function missesShare(turn: Turn, request: RequestState): boolean {
  const { proposal } = request;
  if (proposal?.by !== "buyer") return false;
  const [first] = proposal.lines;
  if (first === undefined) return false;
  const missed = weighedShares(request.request, commitmentsOf(turn, request, request.lots)).some(
    ({ share, override }) => {
      if (override !== undefined) return false;
      let [own, others] = [0n, 0n];
      for (const { line } of proposal.lines) {
        const seconds = BigInt(line.count) * BigInt(secondsInside(share, line.window));
        if (line.provider === share.beneficiary) own += seconds;
        else others += seconds;
      }
      return !shareHolds(share, own, others);
    },
  );
  const lot = request.lots.find((item) => item.lot.id === first.line.lot);
  if (missed && lot !== undefined) blockAward(turn, { request, lot, line: first }, undefined, "minimum_share");
  return missed;
}
