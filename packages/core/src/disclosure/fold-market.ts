import { unreachable } from "../kernel/index.ts";
import { type Draft, type Shown, update } from "./draft.ts";
import { named } from "./fold-facts.ts";

/** What a bidder is told of its invitations and bids. */
export type AboutBid = Shown<
  | "invited"
  | "invitationEnded"
  | "ownImprovementAsked"
  | "ownBidRecorded"
  | "ownListBidsRecorded"
  | "ownBidWithdrawn"
  | "ownBidExtended"
  | "ownExtensionAsked"
  | "ownBidVoided"
>;

export function foldBid(draft: Draft, event: AboutBid): void {
  switch (event.type) {
    case "invited": {
      const { invitation: id, buyer, buyerName, closesAt, zone, lines, rules } = event;
      named(draft, buyer, buyerName);
      draft.invitations.set(id, { id, buyer, buyerName, closesAt, zone, lines, rules, improving: false });
      return;
    }
    case "invitationEnded":
      return update(draft.invitations, event.invitation, (one) => ({ ...one, selected: event.selected }));
    case "ownImprovementAsked": {
      const { closesAt } = event;
      return update(draft.invitations, event.invitation, (one) => ({ ...one, closesAt, improving: true }));
    }
    case "ownBidRecorded": {
      const { bid, verdict, why } = event;
      const accepted = verdict === "sealed";
      draft.bids.set(bid.id, {
        bid,
        status: accepted ? "sealed" : "not_accepted",
        why: accepted ? why : [verdict, ...why],
      });
      return;
    }
    case "ownListBidsRecorded":
      for (const bid of event.bids) draft.bids.set(bid.id, { bid, status: "sealed", why: [] });
      return;
    case "ownBidWithdrawn":
      return update(draft.bids, event.bid, (one) => ({ ...one, status: "withdrawn" as const }));
    case "ownBidExtended":
      return update(draft.bids, event.bid, ({ extensionAsked: _, ...one }) => ({
        ...one,
        bid: { ...one.bid, validUntil: event.validUntil },
      }));
    case "ownExtensionAsked": {
      const { until, answerBy } = event;
      return update(draft.bids, event.bid, (one) => ({ ...one, extensionAsked: { until, answerBy } }));
    }
    case "ownBidVoided":
      return update(draft.bids, event.bid, (one) => ({ ...one, status: "void" as const, why: [event.why] }));
    default:
      return unreachable(event);
  }
}
