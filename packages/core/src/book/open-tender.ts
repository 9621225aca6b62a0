import type { Instant, InvitationId, PartyId, TenderId } from "../kernel/index.ts";
import type { Invitation } from "../tenders/bid.ts";
import { closeTender } from "./close-tender.ts";
import type { Policy } from "./documents.ts";
import { isEligible } from "./eligible.ts";
import { isInMarket } from "./evaluate-market.ts";
import { enterLists } from "./list-bids.ts";
import { owned } from "./owned.ts";
import { policyOf } from "./policy.ts";
import { dropProposal } from "./propose.ts";
import { isOpen, type LotState, openCount, type RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import { tellBidders } from "./tell-bidders.ts";
import { reject, type Turn } from "./turn.ts";
import { keeperDeadline } from "./windows.ts";

/** Opens the rest of a request to the market: one tender for all its lots, sealed until a common close (step 13). */
export function openTender(turn: Turn, request: RequestState, lots: readonly LotState[]): void {
  const { state, at } = turn;
  const policy = policyOf(state);
  if (request.market?.opened === true && !request.market.told) tellBidders(turn, request, []);
  const providers = invitees(state, request, policy, turn.clock);
  const id = turn.ids.next<"TenderId">("tnd") as TenderId;
  const closesAt = closingTime(turn, request, policy);
  const tender = {
    id,
    request: request.request.id,
    closesAt,
    round: 0,
    lots: lots.map((lot) => ({ lot: lot.lot.id, count: openCount(lot) })),
  };
  const invitations: Invitation[] = providers.map((provider) => ({
    id: turn.ids.next<"InvitationId">("inv") as InvitationId,
    tender: id,
    provider,
  }));
  turn.emit({ type: "tenderOpened", at, tender, invitations });
  enterLists(turn, request, id, lots, providers);
  if (closesAt <= at) closeTender(turn, request.request.id);
}

/** The buyer puts out what it still needs: at once, or again inside the tail of what holders let pass (domain row M15). */
export function reopenTender(turn: Turn, command: Extract<Turn["command"], { type: "openTender" }>): void {
  const request = owned(turn, command.request);
  const { market } = request;
  if (market !== undefined && !market.opened && request.lots.some((lot) => isInMarket(request, lot))) {
    reject("bid_not_open", "A tender of this request is still running.");
  }
  const lots = request.lots.filter(
    (lot) =>
      isOpen(lot) && lot.phase !== "held" && lot.phase !== "forming" && (command.lots?.includes(lot.lot.id) ?? true),
  );
  if (lots.length === 0) reject("over_awarded", "Nothing of this request is left to open to the market.");
  if (request.request.sale !== undefined) reject("malformed", "A sale has its buyer: it is not put out.");
  dropProposal(turn, request);
  openTender(turn, request, lots);
}

function closingTime(turn: Turn, request: RequestState, policy: Policy): Instant {
  const fixed = request.request.bidsCloseAt;
  if (fixed !== undefined && fixed > turn.at) return fixed;
  return policy.tenderWindow.n === 0 ? turn.at : keeperDeadline(turn.state, policy.tenderWindow, turn.at);
}

const inviteLists = new WeakMap<
  BookState,
  { readonly epoch: number; readonly fact: number; readonly parties: readonly PartyId[] }
>();

/** Everyone with the provider role today, or those whom the policy names; never the buyer, and nobody who is not eligible. */
function invitees(state: BookState, request: RequestState, policy: Policy, at: Instant): PartyId[] {
  let known = inviteLists.get(state);
  if (known === undefined || known.epoch !== state.epoch || known.fact !== state.factEpoch) {
    const parties =
      policy.invite ??
      state.parties
        .sortedValues()
        .filter((party) => party.roles.some((role) => role.role === "provider"))
        .map((party) => party.id);
    known = { epoch: state.epoch, fact: state.factEpoch, parties };
    inviteLists.set(state, known);
  }
  return known.parties.filter(
    (id) => id !== request.request.buyer && providesAt(state, id, at) && isEligible(state, id, at),
  );
}

function providesAt(state: BookState, id: PartyId, at: Instant): boolean {
  const roles = state.parties.get(id)?.roles ?? [];
  return roles.some(
    (role) =>
      role.role === "provider" &&
      (role.from === undefined || role.from <= at) &&
      (role.to === undefined || at < role.to),
  );
}
