import type { Instant, PartyId, Rate } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import type { Waiver } from "../rights/assessment.ts";
import type { LiveRight } from "../rights/live.ts";
import { listsOf } from "./lists.ts";
import type { BookState } from "./state.ts";

/**
 * The waiver by which a right does not stand in the way of a lot, where its holder has given one. Of a standing waiver the lot must
 * stay within its purposes and its count; a specific one holds for the terms it names, which its clearance carries (row T14). With a
 * line, only one that admits it.
 */
export function waiverFor(
  state: BookState,
  right: LiveRight,
  lot: Lot,
  at: Instant,
  line?: Waived,
): Waiver | undefined {
  if (state.waivers.size === 0) return undefined;
  return listsOf(state).waivers.find(
    (item) => isWaiverOf(item, right, at) && fits(item, lot) && (line === undefined || admits(item, line)),
  );
}

/** Whether a waiver holds for one third party, or up to a price. */
export function isForSome({ limits }: Waiver): boolean {
  return limits.provider !== undefined || limits.priceMaxMicros !== undefined;
}

/** What is about to be awarded, as far as a waiver may limit it. */
export interface Waived {
  readonly provider: PartyId;
  readonly count: number;
  readonly price: Rate;
}

function admits({ limits }: Waiver, { provider, count, price }: Waived): boolean {
  if (limits.provider !== undefined && limits.provider !== provider) return false;
  if (limits.countMax !== undefined && count > limits.countMax) return false;
  return limits.priceMaxMicros === undefined || price.microsPerHour <= limits.priceMaxMicros;
}

function isWaiverOf(waiver: Waiver, { ref }: LiveRight, at: Instant): boolean {
  if (waiver.right.agreement !== ref.agreement || waiver.right.clause !== ref.clause) return false;
  return waiver.from <= at && (waiver.to === undefined || at < waiver.to);
}

function fits({ limits, standing }: Waiver, lot: Lot): boolean {
  const { purposes, countMax } = limits;
  if (standing && countMax !== undefined && lot.count > countMax) return false;
  if (purposes === undefined) return true;
  return (
    lot.purposeDeclared &&
    lot.purposes.every((purpose) => purposes.some((item) => item.toLowerCase() === purpose.toLowerCase()))
  );
}
