import type { Currency, Instant, Money } from "../kernel/index.ts";
import type { Party, Signatory } from "./party.ts";

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
  return signing(signatories, signerName, at).some(({ limit }) => {
    if (limit === undefined || value === undefined) return true;
    return limit.currency === value.currency && value.micros <= limit.micros;
  });
}

/** Up to how much who signed may bind the party in a currency; undefined where that is no signatory, or has no limit in it. */
export function limitOfSigner(
  party: Party | undefined,
  signerName: string | undefined,
  at: Instant,
  currency: Currency,
): Money | undefined {
  const limits = signing(party?.signatories ?? [], signerName, at).flatMap(({ limit }) => limit ?? []);
  return limits
    .filter((limit) => limit.currency === currency)
    .reduce<Money | undefined>(
      (most, limit) => (most === undefined || limit.micros > most.micros ? limit : most),
      undefined,
    );
}

function signing(signatories: readonly Signatory[], signer: string | undefined, at: Instant): readonly Signatory[] {
  return signatories.filter(
    ({ name, from, to }) => name === signer && (from === undefined || at >= from) && (to === undefined || at < to),
  );
}
