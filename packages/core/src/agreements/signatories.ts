import type { Instant, Money } from "../kernel/index.ts";
import type { Party } from "./party.ts";

/**
 * Whether who signed may bind the party at the instant, up to `value` (domain row N18). A party without signatories is bound
 * by anyone who signs for it, also by an unnamed signer; one with signatories only by one of those, within its dates
 * (`from` inclusive, `to` exclusive) and its limit (inclusive). A limit in another currency does not cover the value.
 */
export function mayBind(
  party: Party | undefined,
  signerName: string | undefined,
  at: Instant,
  value: Money | undefined,
): boolean {
  const signatories = party?.signatories;
  if (signatories === undefined || signatories.length === 0) return true;
  return signatories.some(({ name, from, to, limit }) => {
    if (name !== signerName || (from !== undefined && at < from) || (to !== undefined && at >= to)) return false;
    if (limit === undefined || value === undefined) return true;
    return limit.currency === value.currency && value.micros <= limit.micros;
  });
}
