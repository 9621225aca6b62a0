import type { Policy } from "../book/documents.ts";
import type { Lot } from "../requests/lot.ts";
import type { Bid, Invitation, Tender } from "../tenders/bid.ts";
import type { BidderEvent, InvitedLine, OwnBid } from "./bidder-events.ts";
import { type DisclosureState, type Dossier, invitationOf, lineNumber, nameOf } from "./state.ts";

type Invited = Extract<BidderEvent, { type: "invited" }>;

/** What everybody who is invited to a tender is told; it differs between them in the name of the invitation only. */
export function invitationFor(
  state: DisclosureState,
  dossier: Dossier | undefined,
  tender: Tender,
  invitation: Invitation,
  at: Invited["at"],
): Invited {
  const buyer = dossier?.buyer ?? state.keeper ?? invitation.provider;
  return {
    type: "invited",
    at,
    invitation: invitation.id,
    buyer,
    buyerName: nameOf(state, buyer),
    closesAt: tender.closesAt,
    zone: state.zone,
    lines: tender.lots.flatMap(({ lot: id, count }, index) => {
      const lot = dossier?.lots.get(id);
      return lot === undefined ? [] : [lineFor(lot, index + 1, count, state.policy)];
    }),
    rules: {
      sealedUntilClose: true,
      compareBy: "least_incremental_effective_cost",
      tie: state.policy?.tie ?? "none",
      inseparable: state.policy?.inseparable ?? "reject",
      termsMayBeToldToHoldersOfMatchRights: true,
    },
  };
}

/** The noticed terms without the price, unless the policy shows it, and without the full count. */
function lineFor(lot: Lot, line: number, count: number, policy: Policy | undefined): InvitedLine {
  const { terms } = lot;
  return {
    line,
    alternatives: lot.alternatives,
    regions: terms.regions,
    countUpTo: shownCount(terms, count, policy?.shownCountStep),
    blockSize: terms.blockSize,
    gangMin: terms.gangMin,
    divisible: terms.divisible,
    window: terms.window,
    stated: terms.stated,
    ...(terms.purpose === undefined ? {} : { purpose: terms.purpose }),
    ...(terms.channel === undefined ? {} : { channel: terms.channel }),
    ...(terms.sourceClass === undefined ? {} : { sourceClass: terms.sourceClass }),
    ...(terms.latestStart === undefined ? {} : { latestStart: terms.latestStart }),
    ...(policy?.showCap === true && terms.price !== undefined ? { cap: terms.price } : {}),
  };
}

/**
 * What is left tells whoever knew the whole what others took. Rounded down to the policy's step it tells less; never below what
 * can be bid for at all, and exact where it must be taken whole.
 */
function shownCount(terms: Lot["terms"], count: number, step: number | undefined): number {
  if (step === undefined || step < 2 || !terms.divisible) return count;
  const rounded = Math.floor(count / step) * step;
  return rounded >= Math.max(terms.gangMin, terms.blockSize) ? rounded : count;
}

/** A bid for the eyes of its bidder: its lines by their numbers, and no order of receipt, which counts the others. */
export function bidFor(dossier: Dossier | undefined, bid: Bid): OwnBid {
  const { id, contingency, validUntil, discloseIdentity, receivedAt, standing, recording } = bid;
  const invitation = dossier === undefined ? undefined : invitationOf(dossier, bid.tender, bid.bidder);
  return {
    id,
    validUntil,
    discloseIdentity,
    receivedAt,
    standing,
    ...(contingency === undefined ? {} : { contingency }),
    ...(recording === undefined ? {} : { recording }),
    ...(bid.package === undefined ? {} : { package: bid.package }),
    ...(invitation === undefined ? {} : { invitation: invitation.id }),
    lines: bid.lines.map(({ lot, ...line }) => ({
      ...line,
      line: dossier === undefined ? 0 : lineNumber(dossier, bid.tender, lot),
    })),
  };
}
