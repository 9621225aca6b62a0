import type { BookState, CommandBody } from "@offtake/core/book";
import type { BidId, BlockId, InvitationId, LotId, PartyId, TenderId } from "@offtake/core/kernel";
import { bidBody, bidExtensionBody, recordedQuoteBody } from "@offtake/wire/api";
import type { BidDraft } from "@offtake/wire/cases";
import type { AnyCall } from "../call.ts";
import { actRoute, readRoutes } from "../objects.ts";
import { type Shown } from "../shown.ts";
import type { Route } from "../operation.ts";
import { notFound, problem } from "../problems.ts";

const tag = "market";
const invitations = { kind: "invitations", path: "/v1/books/{book}/invitations", tag, name: "invitation" } as const;
const bids = { kind: "bids", path: "/v1/books/{book}/bids", tag, name: "bid" } as const;
const named = (id: string) => ({ bid: id as BidId });

export const marketRoutes: readonly Route[] = [
  ...readRoutes({ ...invitations, list: "invitationList", read: "invitationRead" }),
  actRoute(
    invitations,
    {
      id: "bidPlace",
      verb: "bids",
      description:
        "A sealed bid on lines of the invitation. Price and terms may be told to holders of a right to match, whether or not there is one; the name only with consent.",
      body: { schema: { component: "BidBody" } },
    },
    placeBid,
  ),
  actRoute(
    { kind: "requests", path: "/v1/books/{book}/requests", tag, name: "request" },
    {
      id: "quoteRecord",
      verb: "quotes",
      description:
        "The keeper puts on record what an invited bidder offered by mail, on paper or in a meeting, with the file that it was read from. It is the bidder's bid, sealed like any other, and marked for ever with who recorded it.",
      body: { schema: { component: "RecordedQuoteBody" } },
    },
    recordQuote,
  ),
  ...readRoutes({ ...bids, list: "bidList", read: "bidRead" }),
  actRoute(bids, { id: "bidWithdraw", verb: "withdraw" }, (id) => ({ type: "withdrawBid", ...named(id) })),
  actRoute(
    bids,
    { id: "bidExtend", verb: "extend", body: { schema: { component: "BidExtension" } } },
    async (id, call) => ({ type: "extendBid", ...named(id), validUntil: await call.read(bidExtensionBody) }),
  ),
];

async function placeBid(id: string, call: AnyCall): Promise<CommandBody> {
  const draft = await call.read(bidBody);
  const { view } = await call.node();
  const tender = tenderOf(view, call.principal.party, id as InvitationId);
  // It was there, and its request has left the book: as far as the bidder is concerned it is closed.
  if (tender === undefined) throw problem("tender_closed");
  return {
    type: "placeBid",
    tender: tender.id,
    bid: { ...draft, lines: draft.lines.map((line) => onLot(line, tender)) },
  };
}

/** Into the newest tender of the request that is out, as the keeper's own view has it. */
async function recordQuote(_id: string, call: AnyCall, { view }: Shown<"requests">): Promise<CommandBody> {
  const { draft, recorded } = await call.read(recordedQuoteBody);
  const out = [...view.tenders.values()].at(-1);
  if (out === undefined || view.closed)
    throw problem("tender_closed", { detail: "Nothing of this request is out to the market." });
  if (!out.invitations.some(({ provider }) => provider === recorded.bidder)) {
    const invited = out.invitations.map(({ provider }) => provider).join(", ");
    throw problem("not_invited", { detail: `${recorded.bidder} was not invited; invited are ${invited}.` });
  }
  const { tender } = out;
  const bid = { ...draft, lines: draft.lines.map((line) => onLot(line, tender)) };
  return { type: "placeBid", tender: tender.id, bid, recorded };
}

interface InvitedTender {
  readonly id: TenderId;
  readonly lots: readonly { readonly lot: LotId; readonly count: number }[];
}

/** A line of the invitation as the lot that it stands for; without a number it is the only one. */
function onLot({ lot: line, countMax, rootBlocks, ...rest }: BidDraft["lines"][number], { lots }: InvitedTender) {
  if (line === undefined && lots.length > 1)
    throw problem("missing_key", { detail: "The invitation has several lines: say which one with `line`." });
  const lot = lots[line === undefined ? 0 : Number(line) - 1];
  if (lot === undefined) throw notFound();
  return { ...rest, lot: lot.lot, countMax: countMax ?? lot.count, rootBlocks: rootBlocks as readonly BlockId[] };
}

/**
 * The tender that an invitation of this party stands for; of another party's there is none. It looks through the requests that are in the
 * market, which are few beside all there have been.
 */
function tenderOf(view: BookState, party: PartyId, invitation: InvitationId): InvitedTender | undefined {
  for (const { market } of view.requests.values()) {
    if (market?.invitations.some((one) => one.id === invitation && one.provider === party) === true)
      return market.tender;
  }
  return undefined;
}
