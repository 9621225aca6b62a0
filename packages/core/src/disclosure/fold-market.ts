import { unreachable } from "../kernel/index.ts";
import { type Draft, type Shown, update } from "./draft.ts";
import { named } from "./fold-facts.ts";
import type { BidView } from "./view.ts";

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
      const empty = { improving: false, lists: [], bids: [] } as const;
      draft.invitations.set(id, { id, buyer, buyerName, closesAt, zone, lines, rules, ...empty });
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
      if (bid.invitation !== undefined)
        update(draft.invitations, bid.invitation, (one) => ({ ...one, bids: [...one.bids, bid.id] }));
      return;
    }
    case "ownListBidsRecorded":
      for (const bid of event.bids) enterList(draft, { bid, status: "sealed", why: [] });
      return;
    case "ownBidWithdrawn":
      return changed(draft, event, (one) => ({ ...one, status: "withdrawn" as const }));
    case "ownBidExtended":
      return changed(draft, event, ({ extensionAsked: _, ...one }) => ({
        ...one,
        bid: { ...one.bid, validUntil: event.validUntil },
      }));
    case "ownExtensionAsked": {
      const { until, answerBy } = event;
      return changed(draft, event, (one) => ({ ...one, extensionAsked: { until, answerBy } }));
    }
    case "ownBidVoided":
      return changed(draft, event, (one) => ({ ...one, status: "void" as const, why: [event.why] }));
    default:
      return unreachable(event);
  }
}

/** A price list that bids by itself is a part of the invitation: nobody placed it. */
function enterList(draft: Draft, one: BidView): void {
  const { id, invitation } = one.bid;
  if (invitation === undefined) draft.bids.set(id, one);
  else update(draft.invitations, invitation, (to) => ({ ...to, lists: [...to.lists, one] }));
}

function changed(
  draft: Draft,
  { bid, invitation }: Pick<Shown<"ownBidWithdrawn">, "bid" | "invitation">,
  to: (one: BidView) => BidView,
): void {
  update(draft.bids, bid, to);
  if (invitation === undefined) return;
  update(draft.invitations, invitation, (one) => {
    if (!one.lists.some((list) => list.bid.id === bid)) return one;
    return { ...one, lists: one.lists.map((list) => (list.bid.id === bid ? to(list) : list)) };
  });
}
