import { divHalfAway, rational } from "../kernel/index.ts";
import { type Commitment, type CommitmentPeriod, measureOf } from "./commitment.ts";
import { type Account, type CommittedUse, drawOn } from "./draw.ts";

const ONE = rational(1n);

/**
 * The commitments as they stand once these uses are expected too: what parts that are settled already draw is no longer missing
 * for the next. Amounts in another currency are rounded half away from zero to the micro-unit.
 */
export function expecting(
  commitments: readonly Commitment[],
  uses: readonly CommittedUse[],
  account: Account,
): readonly Commitment[] {
  const draws = drawOn(commitments, uses, account);
  if (draws.length === 0) return commitments;
  return commitments.map((commitment) => {
    const own = draws.filter((draw) => draw.commitment === commitment);
    if (own.length === 0) return commitment;
    const schedule = commitment.clause.schedule.map((period) => {
      const drawn = own.find((draw) => draw.period === period)?.drawn;
      return drawn === undefined ? period : withDrawn(commitment, period, drawn, account);
    });
    return { ...commitment, clause: { ...commitment.clause, schedule } };
  });
}

function withDrawn(
  { clause }: Commitment,
  period: CommitmentPeriod,
  drawn: bigint,
  account: Account,
): CommitmentPeriod {
  if (measureOf(clause.type) !== "money" || period.amount === undefined) {
    return { ...period, expectedOtherSeconds: (period.expectedOtherSeconds ?? 0n) + drawn };
  }
  const { currency } = period.amount;
  const ratio = currency === account.currency ? ONE : account.ratioOf(currency);
  const micros = divHalfAway(drawn * ratio.den, account.scale * ratio.num);
  return { ...period, expectedOther: { micros: (period.expectedOther?.micros ?? 0n) + micros, currency } };
}
