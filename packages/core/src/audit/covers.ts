import type { AnswersOnRecord } from "./answers.ts";
import type { AuditedClearance, AuditedLine, AuditedRight } from "./finding.ts";

/**
 * Inside its tail at the stamp of the award: the end itself is outside. What somebody accepted who was asked inside the tail stands,
 * although the tail may be over when the acceptance is awarded: a notice is an offer that acceptance turns into a contract.
 */
export function isRunning(clearance: AuditedClearance, awardedAt: number, askedAt = awardedAt): boolean {
  return clearance.issuedAt <= awardedAt && (clearance.validUntil === undefined || askedAt < clearance.validUntil);
}

/** How many accelerators a clearance lets pass, with the tolerance of its clause. */
export function coveredCount(clearance: AuditedClearance, clause: AuditedRight): number {
  return clearance.count + Math.floor((clearance.count * clause.tail.countToleranceBp) / 10_000);
}

/**
 * Whether a clearance lets this line through: the third party it names (the provider, its host, or whoever an affiliate fronts
 * for), the limits of a waiver, the launch of a product that ships first elsewhere, and the price.
 */
export function covers(
  clearance: AuditedClearance,
  line: AuditedLine,
  offerer: string | undefined,
  clause: AuditedRight,
  answers: AnswersOnRecord,
): boolean {
  const { thirdParty, limits, startsFrom } = clearance;
  if (startsFrom !== undefined && line.window.from < startsFrom) return false;
  if (thirdParty !== undefined && ![line.provider, line.host, offerer].includes(thirdParty)) return false;
  if (limits?.provider !== undefined && limits.provider !== line.provider) return false;
  if (limits?.countMax !== undefined && clearance.count > limits.countMax) return false;
  if (line.price === undefined) return true;
  if (limits?.priceMaxMicros !== undefined && line.price.microsPerHour > limits.priceMaxMicros) return false;
  return coversPrice(clearance, line, line.price, clause, answers);
}

/**
 * The holder of a right over demand sells: a higher price would suit it better than the one it let pass. A first offer that it
 * priced itself must be beaten. The holder of a right over capacity buys: there the lower price is the better one.
 */
function coversPrice(
  clearance: AuditedClearance,
  line: AuditedLine,
  price: NonNullable<AuditedLine["price"]>,
  clause: AuditedRight,
  answers: AnswersOnRecord,
): boolean {
  const sign = clause.burdens === "demand" ? 1n : -1n;
  const own = clearance.notice === undefined ? undefined : answers.pricedBy(clearance.notice);
  if (clause.kind === "first-offer" && own !== undefined) {
    if (own.currency !== price.currency) return true;
    const better = sign * (own.microsPerHour - price.microsPerHour);
    // At the same price it may still be better in another term that the line states.
    return better > 0n || (better === 0n && Object.keys(line.stated).length > 0);
  }
  const noticed = clearance.terms?.price;
  if (noticed === undefined || noticed.currency !== price.currency) return true;
  const lastRoundBp = clearance.finalRound ? clause.reoffer.lastRoundToleranceBp : 0;
  const toleranceBp = BigInt(clause.tail.priceToleranceBp + lastRoundBp);
  return sign * (price.microsPerHour - noticed.microsPerHour) * 10_000n <= noticed.microsPerHour * toleranceBp;
}
