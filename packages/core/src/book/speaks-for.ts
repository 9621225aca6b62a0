import type { AgreementState } from "../agreements/timeline.ts";
import type { AgreementId, PartyId } from "../kernel/index.ts";
import { reject, type Turn } from "./turn.ts";

export function isKeeper({ state, actor }: Turn): boolean {
  return state.header !== undefined && state.header.keeper === actor;
}

/** What stands in the book for everybody is put there by who keeps it. */
export function requireKeeper(turn: Turn): void {
  if (!isKeeper(turn)) reject("not_authorised", "This is recorded by the keeper of the book.");
}

/** A party speaks for itself, and the keeper for everybody. */
export function requireSpokenFor(turn: Turn, party: PartyId): void {
  if (!isKeeper(turn) && turn.actor !== party)
    reject("not_authorised", "This is recorded by the party itself, or by the keeper of the book.");
}

/** An agreement for who is a party to it, by now or from its beginning; for anybody else it is as if it were not there. */
export function agreementOf(turn: Turn, id: AgreementId): AgreementState {
  const agreement = turn.state.agreements.get(id);
  if (agreement === undefined || !isPartyToAgreement(turn, id))
    return reject("unknown_agreement", `There is no agreement "${id}" in the book.`);
  return agreement;
}

export function isPartyToAgreement(turn: Turn, id: AgreementId): boolean {
  const agreement = turn.state.agreements.get(id);
  return agreement !== undefined && (isKeeper(turn) || isPartyTo(agreement, turn.actor));
}

function isPartyTo({ versions, assigned }: AgreementState, party: PartyId): boolean {
  return (
    versions.some(
      ({ buyer, provider, otherParties, clauses }) =>
        buyer === party ||
        provider === party ||
        otherParties.includes(party) ||
        clauses.some((clause) => "holder" in clause && clause.holder === party),
    ) || assigned.some(({ to }) => to === party)
  );
}
