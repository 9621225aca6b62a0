import { commitmentsOf } from "../book/commitments.ts";
import type { BookState } from "../book/state.ts";
import {
  type Commitment,
  type CommitmentPeriod,
  expectedShortfall,
  isCounted,
  measureOf,
} from "../commitments/index.ts";
import type { AgreementId, ClauseId, Instant, Money, PartyId } from "../kernel/index.ts";
import type { ComputeRequest } from "../requests/request.ts";
import type { Lot } from "../requests/lot.ts";
import { type CommitmentEffect, effectiveCost, type PlannedUse, reckoningOf } from "./costs.ts";

/** What a commitment comes to once all requests are counted. */
export interface Promised {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly beneficiary: PartyId;
  /** Expected to be missing when its periods end, at what that costs; absent where a volume has no price. */
  readonly shortfall?: Money;
}

/** What a request is awarded, and the lots that it was cut into. */
export interface Bought {
  readonly uses: readonly PlannedUse[];
  readonly lots: readonly Lot[];
}

/** A commitment as its agreement states it, and what the requests have drawn on each of its periods, by where those begin. */
interface Account {
  readonly commitment: Commitment;
  readonly drawn: Map<Instant, bigint>;
}

/**
 * Counts what requests draw on the commitments, one request after the other: what an earlier one has drawn is no longer missing for
 * a later one. What each draws is rounded half away from zero to the millionth of the currency of the commitment.
 *
 * @source Rule PLN24 in ./SPEC.md
 */
export class CommitmentTally {
  private readonly state: BookState;
  private readonly accounts = new Map<string, Account>();
  /** The last request of each buyer. */
  private readonly buyers = new Map<PartyId, ComputeRequest>();

  constructor(state: BookState) {
    this.state = state;
  }

  /** To be called while the state stands at the instant of the request. */
  add({ request, at }: { readonly request: ComputeRequest; readonly at: Instant }, { uses, lots }: Bought): void {
    this.buyers.set(request.buyer, request);
    if (uses.length === 0) return;
    const reckoning = reckoningOf(this.state, request, at, lots);
    const counted = reckoning.commitments.filter(
      ({ clause }) => isCounted(clause) && uses.some(({ provider }) => provider === clause.beneficiary),
    );
    if (counted.length === 0) return;
    const commitments = counted.map((commitment) => this.asDrawn(commitment));
    const effects = effectiveCost({ ...reckoning, commitments }, uses);
    // A missing rate: the award was made without it, and what it draws in another currency is not known.
    if ("rateMissing" in effects) return;
    for (const effect of effects.commitments) this.note(effect);
  }

  /** Every commitment that was met on the way, and those that are in force now though nothing draws on them. */
  promised(): Promised[] {
    for (const request of this.buyers.values()) {
      const now = this.state.now;
      for (const commitment of commitmentsOf({ state: this.state, at: now }, { request }, [])) {
        if (isCounted(commitment.clause) && measureOf(commitment.clause.type) !== undefined) this.accountOf(commitment);
      }
    }
    return [...this.accounts.values()].map(({ commitment, drawn }) => promisedBy(commitment, drawn));
  }

  private accountOf(commitment: Commitment): Account {
    const key = keyOf(commitment.agreement, commitment.clause.id);
    const drawn = this.accounts.get(key)?.drawn ?? new Map<Instant, bigint>();
    // The newest version is the word on what is promised; what was drawn stays drawn.
    const account = { commitment, drawn };
    this.accounts.set(key, account);
    return account;
  }

  private asDrawn(commitment: Commitment): Commitment {
    const { drawn } = this.accountOf(commitment);
    if (drawn.size === 0) return commitment;
    const { clause } = commitment;
    const schedule = clause.schedule.map((period) => withDrawn(commitment, period, drawn.get(period.from) ?? 0n));
    return { ...commitment, clause: { ...clause, schedule } };
  }

  private note({ agreement, clause, periods }: CommitmentEffect): void {
    const drawn = this.accounts.get(keyOf(agreement, clause))?.drawn;
    for (const { from, draws, drawsSeconds } of periods) {
      const more = draws?.micros ?? drawsSeconds ?? 0n;
      if (more !== 0n) drawn?.set(from, (drawn.get(from) ?? 0n) + more);
    }
  }
}

const keyOf = (agreement: string, clause: string): string => `${agreement}#${clause}`;

function withDrawn({ clause }: Commitment, period: CommitmentPeriod, drawn: bigint): CommitmentPeriod {
  if (drawn === 0n) return period;
  if (measureOf(clause.type) !== "money" || period.amount === undefined)
    return { ...period, expectedOtherSeconds: (period.expectedOtherSeconds ?? 0n) + drawn };
  const { currency } = period.amount;
  return { ...period, expectedOther: { micros: (period.expectedOther?.micros ?? 0n) + drawn, currency } };
}

function promisedBy({ agreement, clause }: Commitment, drawn: ReadonlyMap<Instant, bigint>): Promised {
  const short = clause.schedule.flatMap(
    (period) => expectedShortfall(clause, period, drawn.get(period.from) ?? 0n) ?? [],
  );
  const [first] = short;
  const shortfall = first && { micros: short.reduce((sum, { micros }) => sum + micros, 0n), currency: first.currency };
  return {
    agreement,
    clause: clause.id,
    beneficiary: clause.beneficiary,
    ...(shortfall === undefined ? {} : { shortfall }),
  };
}
