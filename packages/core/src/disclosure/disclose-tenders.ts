import type { TenderEvent } from "../book/events.ts";
import { type BidId, type InvitationId, type LotId, type PartyId, unreachable } from "../kernel/index.ts";
import type { Bid } from "../tenders/bid.ts";
import { dossierOf } from "./about.ts";
import { bidFor, invitationFor } from "./invitation-shown.ts";
import type { DisclosedEvent } from "./own-events.ts";
import { type DisclosureState, type Dossier, invitationOf, lineNumber } from "./state.ts";
import { Told } from "./told.ts";

type Event<Type extends TenderEvent["type"]> = Extract<TenderEvent, { readonly type: Type }>;

/**
 * A bidder sees its invitation, its bid and how that ended, and nothing by which it could tell one rival from none. The keeper
 * sees that a bid is there, and what is in it from the opening on.
 */
export function tenderDisclosures(state: DisclosureState, event: TenderEvent): Told {
  const dossier = dossierOf(state, event);
  const told = new Told().to(state.keeper, forKeeper(dossier, event));
  const { at } = event;
  switch (event.type) {
    case "bidsOpened":
    case "evaluated":
      return told;
    case "tenderOpened":
      for (const invitation of event.invitations) {
        told.to(invitation.provider, invitationFor(state, dossier, event.tender, invitation, at));
      }
      return told;
    case "bidReceived":
      return told.to(event.bid.bidder, recorded(dossier, event));
    case "listBidsReceived":
      for (const bidder of new Set(event.bids.map((bid) => bid.bidder)))
        told.to(bidder, ownLists(dossier, event, bidder));
      return told;
    case "bidWithdrawn":
      return told.to(event.bidder, { type: "ownBidWithdrawn", at, ...ownBid(dossier, event.bid) });
    case "bidExtended":
      return told.to(event.bidder, {
        type: "ownBidExtended",
        at,
        ...ownBid(dossier, event.bid),
        validUntil: event.validUntil,
      });
    case "extensionAsked": {
      const { bid, until, answerBy } = event;
      return told.to(event.bidder, { type: "ownExtensionAsked", at, ...ownBid(dossier, bid), until, answerBy });
    }
    case "bidVoided":
      return told.to(event.bidder, voided(dossier, event));
    case "improvementAsked":
      for (const bidder of event.bidders) {
        const invitation = dossier === undefined ? undefined : invitationOf(dossier, event.tender, bidder);
        if (invitation === undefined) continue;
        told.to(bidder, { type: "ownImprovementAsked", at, invitation: invitation.id, closesAt: event.closesAt });
      }
      return told;
    case "invitationsClosed":
      for (const { provider, invitation, selected } of event.closed)
        told.to(provider, { type: "invitationEnded", at, invitation, selected });
      return told;
    default:
      return unreachable(event);
  }
}

/** A bid, and the invitation that it answers: a price list that bids by itself is kept there. */
function ownBid(dossier: Dossier | undefined, id: BidId): { readonly bid: BidId; readonly invitation?: InvitationId } {
  const bid = dossier?.bids.get(id)?.bid;
  const invitation =
    dossier === undefined || bid === undefined ? undefined : invitationOf(dossier, bid.tender, bid.bidder);
  return invitation === undefined ? { bid: id } : { bid: id, invitation: invitation.id };
}

/** Before its opening a bid is a fact without content: what would tell something of its terms is not told, or told later. */
function forKeeper(dossier: Dossier | undefined, event: TenderEvent): DisclosedEvent | undefined {
  switch (event.type) {
    case "bidReceived": {
      const { id, tender, bidder } = event.bid;
      const late = event.verdict === "late";
      return { type: "bidSealed", at: event.at, request: event.request, tender, bid: id, bidder, late };
    }
    case "listBidsReceived": {
      const { at, request, tender } = event;
      return {
        type: "listBidsSealed",
        at,
        request,
        tender,
        bids: event.bids.map(({ id, bidder }) => ({ bid: id, bidder })),
      };
    }
    case "bidExtended":
    case "bidVoided":
      return dossier?.bids.get(event.bid)?.opened === true ? event : undefined;
    case "bidsOpened":
      return unsealed(dossier, event);
    case "tenderOpened":
    case "bidWithdrawn":
    case "extensionAsked":
    case "improvementAsked":
    case "invitationsClosed":
    case "evaluated":
      return event;
    default:
      return unreachable(event);
  }
}

function unsealed(dossier: Dossier | undefined, event: Event<"bidsOpened">): DisclosedEvent {
  const ofTender = [...(dossier?.bids.values() ?? [])].filter((one) => one.bid.tender === event.tender && !one.opened);
  const aside = ofTender.filter((one) => !event.bids.includes(one.bid.id) && one.verdict !== "late");
  return {
    type: "bidsUnsealed",
    at: event.at,
    request: event.request,
    tender: event.tender,
    bids: event.bids.flatMap((id) => dossier?.bids.get(id)?.bid ?? []),
    setAside: aside.map(({ bid, verdict, why }) => ({ bid: bid.id, bidder: bid.bidder, verdict, why })),
  };
}

/**
 * A bidder is told at once what is wrong with its bid in itself. That a block is taken by another bid it is not told: the bid
 * stands as if it were sealed, and is not selected.
 */
function recorded(dossier: Dossier | undefined, event: Event<"bidReceived">): DisclosedEvent {
  const hidden = event.verdict === "block_taken";
  return {
    type: "ownBidRecorded",
    at: event.at,
    bid: bidFor(dossier, event.bid),
    verdict: hidden ? "sealed" : event.verdict,
    why: hidden ? [] : event.why.map((text) => codeFor(dossier, event.bid.tender, text)),
  };
}

/** Of the price lists that were entered a bidder is told its own; like any bid in whose way another stands, one without room looks sealed. */
function ownLists(dossier: Dossier | undefined, event: Event<"listBidsReceived">, bidder: PartyId): DisclosedEvent {
  const own = event.bids.filter((bid) => bid.bidder === bidder);
  return { type: "ownListBidsRecorded", at: event.at, bids: own.map((bid) => bidFor(dossier, bid)) };
}

/** Reasons are codes, some with the lot that they are about: the bidder knows it by its number in the invitation. */
function codeFor(dossier: Dossier | undefined, tender: Bid["tender"], text: string): string {
  const [code = "", about] = text.split(" ");
  const line = dossier === undefined || about === undefined ? 0 : lineNumber(dossier, tender, about as LotId);
  return line === 0 ? code : `${code} line ${line}`;
}

/** Ends of a bid that its own bidder brought about; any other would tell what somebody else did. */
const OWN_DOING: ReadonlySet<string> = new Set(["expired", "not_extended", "replaced", "defaulted"]);

function voided(dossier: Dossier | undefined, event: Event<"bidVoided">): DisclosedEvent | undefined {
  const { at, bid, why } = event;
  const isHost = [...(dossier?.notices.values() ?? [])].some((one) => one.hosted && one.named?.host === event.bidder);
  if (!OWN_DOING.has(why) && event.hold === undefined && !isHost) return undefined;
  const tender = dossier?.bids.get(bid)?.bid.tender;
  if (dossier === undefined || tender === undefined || event.lot === undefined) {
    return { type: "ownBidVoided", at, ...ownBid(dossier, bid), why };
  }
  return { type: "ownBidVoided", at, ...ownBid(dossier, bid), why, line: lineNumber(dossier, tender, event.lot) };
}
