import type { PartyId } from "../kernel/index.ts";
import type { Owner, Party } from "./party.ts";

/** Where parties are looked up; a party that is not there has no known owners. */
export interface Parties {
  get(id: PartyId): Party | undefined;
}

/** Over half of a party controls it. Hundredths of a per cent. */
export const CONTROL_ABOVE_BP = 5_000;
const WHOLE_BP = 10_000n;

/** Longest chain of owners that is followed: deeper ones are taken to end there. */
export const OWNERS_DEPTH_MAX = 32;

/**
 * Whether two parties are affiliates (domain rule G21): under common control, either way up, or one owning at least
 * `thresholdBp` of the other, directly or through others. What is owned through others is the product along each chain, and
 * the chains add up: 40 % of 50 % is 20 %. Two parties of which a third owns parts are not affiliates by that. A party is
 * its own affiliate.
 */
export function isAffiliate(a: PartyId, b: PartyId, parties: Parties, thresholdBp: number): boolean {
  if (a === b) return true;
  if (isAlone(a, parties) && isAlone(b, parties)) return false;
  if (sameControl(a, b, parties)) return true;
  return ownsAtLeast(a, b, parties, thresholdBp) || ownsAtLeast(b, a, parties, thresholdBp);
}

/** Whether some party, or one of the two, controls both. A recorded independent interest does not undo control. */
export function sameControl(a: PartyId, b: PartyId, parties: Parties): boolean {
  if (a === b) return true;
  if (isAlone(a, parties) && isAlone(b, parties)) return false;
  const overA = controllersOf(a, parties);
  return controllersOf(b, parties).some((party) => overA.includes(party));
}

function isAlone(party: PartyId, parties: Parties): boolean {
  const known = parties.get(party);
  return known === undefined || known.owners.length === 0;
}

/**
 * The party at the top of the chain of control: parties with the same one are one buyer, or one bidder. Where several
 * parties control one, the chain follows the one with the larger share, of equal ones the first by id.
 */
export function controlGroupOf(party: PartyId, parties: Parties): PartyId {
  return topOf(party, parties, false);
}

/** As `controlGroupOf`, but a recorded independent interest leaves a party a holder of its own (domain rule G12). */
export function holderGroupOf(party: PartyId, parties: Parties): PartyId {
  return topOf(party, parties, true);
}

export function controls(owner: Owner): boolean {
  return owner.control || owner.shareBp > CONTROL_ABOVE_BP;
}

function topOf(party: PartyId, parties: Parties, independenceSplits: boolean): PartyId {
  const first = controllerOf(parties.get(party), independenceSplits);
  if (first === undefined) return party;
  const chain = [party];
  for (;;) {
    const next = chain.length === 1 ? first : controllerOf(parties.get(chain.at(-1) as PartyId), independenceSplits);
    if (next === undefined) return chain.at(-1) as PartyId;
    const seen = chain.indexOf(next);
    // Parties that control each other have no top: all of them go by the first id among them.
    if (seen >= 0) return chain.slice(seen).reduce((first, id) => (id < first ? id : first));
    chain.push(next);
  }
}

function controllerOf(party: Party | undefined, independenceSplits: boolean): PartyId | undefined {
  let found: Owner | undefined;
  for (const owner of party?.owners ?? []) {
    if (!controls(owner) || (independenceSplits && owner.independentInterest === true)) continue;
    const isFirst = found === undefined || owner.shareBp > found.shareBp;
    if (isFirst || (owner.shareBp === found?.shareBp && owner.party < found.party)) found = owner;
  }
  return found?.party;
}

/** The party itself and all that control it, directly or through others. */
function controllersOf(party: PartyId, parties: Parties): PartyId[] {
  const found = [party];
  for (let i = 0; i < found.length; i += 1) {
    for (const owner of parties.get(found[i] as PartyId)?.owners ?? []) {
      if (controls(owner) && !found.includes(owner.party)) found.push(owner.party);
    }
  }
  return found;
}

/** A share as an exact fraction: `part` in 10,000 to the power of the depth. */
interface Share {
  readonly part: bigint;
  readonly depth: number;
}

function ownsAtLeast(owner: PartyId, owned: PartyId, parties: Parties, thresholdBp: number): boolean {
  if (isAlone(owned, parties)) return false;
  const shares: Share[] = [];
  gatherShares(owner, owned, { part: 1n, depth: 0 }, [owned], parties, shares);
  if (shares.length === 0) return false;
  const depth = Math.max(...shares.map((share) => share.depth));
  const total = shares.reduce((sum, share) => sum + share.part * WHOLE_BP ** BigInt(depth - share.depth), 0n);
  return total * WHOLE_BP >= BigInt(thresholdBp) * WHOLE_BP ** BigInt(depth);
}

/** Follows every chain of owners upwards; a party that stands twice in a chain ends it. */
function gatherShares(
  owner: PartyId,
  owned: PartyId,
  held: Share,
  chain: readonly PartyId[],
  parties: Parties,
  found: Share[],
): void {
  if (chain.length > OWNERS_DEPTH_MAX) return;
  for (const item of parties.get(owned)?.owners ?? []) {
    if (chain.includes(item.party)) continue;
    const share = { part: held.part * BigInt(item.shareBp), depth: held.depth + 1 };
    if (item.party === owner) found.push(share);
    else gatherShares(owner, item.party, share, [...chain, item.party], parties, found);
  }
}
