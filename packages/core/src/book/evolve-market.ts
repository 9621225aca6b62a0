import { INSTANT_MAX, type LotId, type RequestId, unreachable } from "../kernel/index.ts";
import type { Bid } from "../tenders/bid.ts";
import { copyMarket, type Draft } from "./draft.ts";
import type { TenderEvent } from "./events.ts";
import { changeLot, changeRequest } from "./copy-on-change.ts";
import { forgetMarket } from "./market-changes.ts";
import type { MarketState } from "./request-state.ts";
import type { BookState } from "./state.ts";

export function evolveMarket(state: BookState, event: TenderEvent): void {
  switch (event.type) {
    case "tenderOpened":
      return openTender(state, event);
    case "bidReceived":
      if (event.verdict !== "sealed") return;
      state.bids.set(event.bid.id, event.request);
      if (event.bid.validUntil < INSTANT_MAX)
        state.timers.push({ at: event.bid.validUntil, kind: "bid", id: event.bid.id });
      return change(state, event, (market) => {
        // What it takes the place of can no longer be named, and no clock runs for it.
        for (const bid of market.bids) if (replaces(event.bid, bid)) state.bids.delete(bid.id);
        market.bids = withBid(market.bids, event.bid);
        if (event.why.length > 0) market.hidden = withHidden(market.hidden, event);
      });
    case "listBidsReceived":
      return enterLists(state, event);
    case "bidWithdrawn":
      state.bids.delete(event.bid);
      return change(state, event, (market) => {
        market.bids = market.bids.filter((bid) => bid.id !== event.bid);
      });
    case "bidExtended":
      state.bids.set(event.bid, event.request);
      state.timers.push({ at: event.validUntil, kind: "bid", id: event.bid });
      return change(state, event, (market) => {
        market.bids = market.bids.map((bid) => (bid.id === event.bid ? { ...bid, validUntil: event.validUntil } : bid));
        market.asked = market.asked.filter((item) => item.bid !== event.bid);
        market.tooShort = market.tooShort.filter((item) => item !== event.bid);
      });
    case "extensionAsked":
      state.bids.set(event.bid, event.request);
      state.timers.push({ at: event.answerBy, kind: "extension", id: event.bid });
      return change(state, event, (market) => {
        market.asked = [...market.asked, { bid: event.bid, until: event.until, answerBy: event.answerBy }];
      });
    case "bidVoided":
      return voidBid(state, event);
    case "bidsOpened":
      if (state.sealed.size > 0) state.sealed.delete(event.tender);
      return change(state, event, (market) => {
        market.opened = true;
      });
    case "improvementAsked":
      state.sealed.set(event.tender, event.request);
      state.timers.push({ at: (event.closesAt + 1) as typeof event.closesAt, kind: "tender", id: event.tender });
      return change(state, event, (market) => {
        market.opened = false;
        market.improved = true;
        market.improving = event.bidders;
        market.tender = { ...market.tender, closesAt: event.closesAt, round: market.tender.round + 1 };
      });
    case "invitationsClosed":
      return told(state, event);
    case "evaluated":
      return evaluated(state, event);
    default:
      return unreachable(event);
  }
}

/** Bids by list are entered together; a clock runs only for those that end before their request does. */
function enterLists(state: BookState, event: Extract<TenderEvent, { type: "listBidsReceived" }>): void {
  const { bids, taken } = event;
  const sealed = taken.length === 0 ? bids : bids.filter((bid) => !taken.includes(bid.id));
  for (const { id, validUntil } of sealed) {
    if (validUntil >= INSTANT_MAX) continue;
    state.bids.set(id, event.request);
    state.timers.push({ at: validUntil, kind: "bid", id });
  }
  change(state, event, (market) => {
    market.bids = market.bids.length === 0 ? sealed : [...market.bids, ...sealed];
  });
}

function told(state: BookState, event: Extract<TenderEvent, { type: "invitationsClosed" }>): void {
  const market = state.requests.get(event.request)?.market;
  if (market === undefined || market.told || market.tender.id !== event.tender) return;
  change(state, event, (draft) => {
    draft.told = true;
  });
}

function evaluated(state: BookState, event: Extract<TenderEvent, { type: "evaluated" }>): void {
  const request = changeRequest(state, event.request);
  request.shortfall = event.evaluation.unfilled[0]?.why;
  if (request.market?.reopened !== true) return;
  const market = copyMarket(request.market);
  market.reopened = false;
  request.market = market;
}

function change(
  state: BookState,
  event: { readonly request: RequestId },
  to: (market: Draft<MarketState>) => void,
): void {
  const request = changeRequest(state, event.request);
  if (request.market === undefined) return;
  const market = copyMarket(request.market);
  to(market);
  request.market = market;
}

function openTender(state: BookState, event: Extract<TenderEvent, { type: "tenderOpened" }>): void {
  const { tender, invitations } = event;
  state.tenders.add(tender.id, tender.request);
  if (tender.closesAt > event.at) state.sealed.set(tender.id, tender.request);
  state.timers.push({ at: (tender.closesAt + 1) as typeof tender.closesAt, kind: "tender", id: tender.id });
  const request = changeRequest(state, tender.request);
  if (request.market !== undefined) forgetMarket(state, request.market);
  request.rested = undefined;
  request.market = {
    tender,
    invitations,
    bids: [],
    opened: false,
    improved: false,
    improving: [],
    asked: [],
    tooShort: [],
    spent: [],
    hidden: [],
    reopened: false,
    told: false,
  };
  for (const { lot } of tender.lots) {
    changeLot(state, tender.request, lot, (draft) => {
      // While its holders are still being asked, it stays with them: bids may win what their rights do not reach.
      if (draft.phase === "stages" && draft.stageIndex >= draft.stages.length) draft.phase = "market";
    });
  }
}

/** A new bid of the same bidder takes the place of its earlier one for the same lots; bids by list stand beside each other. */
function withBid(bids: readonly Bid[], bid: Bid): readonly Bid[] {
  return [...bids.filter((earlier) => !replaces(bid, earlier)), bid];
}

const HIDDEN = "ineligible_identity ";

function withHidden(
  hidden: MarketState["hidden"],
  { bid, why }: Extract<TenderEvent, { type: "bidReceived" }>,
): MarketState["hidden"] {
  if (why.length === 0) return hidden;
  const lots = why.filter((item) => item.startsWith(HIDDEN)).map((item) => item.slice(HIDDEN.length) as LotId);
  return lots.length === 0 ? hidden : [...hidden, ...lots.map((lot) => ({ bid: bid.id, lot }))];
}

function replaces(bid: Bid, earlier: Bid): boolean {
  return (
    earlier.bidder === bid.bidder &&
    !earlier.standing &&
    earlier.lines.some((line) =>
      bid.lines.some((item) => item.lot === line.lot && sameBlocks(item.rootBlocks, line.rootBlocks)),
    )
  );
}

function sameBlocks(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

/** A bid that could not outlast a holder's window, or whose rounds are used up, stays for what no right burdens; others are gone. */
function voidBid(state: BookState, event: Extract<TenderEvent, { type: "bidVoided" }>): void {
  const { bid, why } = event;
  if (why !== "not_extended" && why !== "no_more_rounds") state.bids.delete(bid);
  change(state, event, (market) => {
    if (why === "not_extended") {
      market.asked = market.asked.filter((item) => item.bid !== bid);
      market.tooShort = [...market.tooShort, bid];
    } else if (why === "no_more_rounds") market.spent = [...market.spent, bid];
    else market.bids = market.bids.filter((item) => item.id !== bid);
  });
}
