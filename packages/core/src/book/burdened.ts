import { controlGroupOf } from "../agreements/affiliates.ts";
import type { AwardLine } from "../awards/award.ts";
import type { PartyId } from "../kernel/index.ts";
import type { LiveRight } from "../rights/live.ts";
import { listsOf } from "./lists.ts";
import { holderNow } from "./lookup.ts";
import type { LotState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/** Whether a right weighs on the alternative that a line would fill: others are free of it (domain rule G14). */
export function burdens(lot: LotState, line: Pick<AwardLine, "acceleratorType" | "region">, right: LiveRight): boolean {
  const { alternatives } = lot.lot;
  if (right.alternatives.length === alternatives.length) return true;
  return right.alternatives.some((index) => {
    const alternative = alternatives[index];
    if (alternative === undefined || alternative.acceleratorType !== line.acceleratorType) return false;
    const pattern = alternative.region;
    return pattern === line.region || (pattern.endsWith("*") && line.region.startsWith(pattern.slice(0, -1)));
  });
}

/** A holder needs nobody's leave to supply, or to buy, what its own right is about; its own group counts as itself. */
export function isOwn(state: BookState, party: string, right: LiveRight): boolean {
  const holder = holderNow(state, right);
  return holder === party || (listsOf(state).owned && groupOf(state, holder) === groupOf(state, party as PartyId));
}

/** Who controls a party in the end; where nobody in the book has owners, each party is a group of its own. */
export function groupOf(state: BookState, party: PartyId): PartyId {
  return listsOf(state).owned ? controlGroupOf(party, state.parties) : party;
}
