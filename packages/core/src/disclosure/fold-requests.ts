import type { LotId, RequestId, TenderId } from "../kernel/index.ts";
import { unreachable } from "../kernel/index.ts";
import { type Draft, type Shown, update } from "./draft.ts";
import type { LotView, RequestView, TenderView } from "./view.ts";

/** What the keeper is told of a request, and a buyer who is not the keeper of its own. */
export type AboutRequest = Shown<
  | "requestSubmitted"
  | "requestRevised"
  | "requestWithdrawn"
  | "requestRested"
  | "requestClosed"
  | "ownRequestEnded"
  | "evaluated"
>;

export function foldRequest(draft: Draft, event: AboutRequest): void {
  switch (event.type) {
    case "requestSubmitted": {
      const { request } = event;
      const parts = { lots: new Map(), tenders: new Map(), evaluations: [], awards: [] };
      draft.requests.set(request.id, { request, ...parts, closed: false });
      return;
    }
    case "requestRevised":
      return update(draft.requests, event.request.id, (one) => ({ ...one, request: event.request }));
    case "requestWithdrawn":
      return update(draft.requests, event.request, (one) => ({ ...one, outcome: "withdrawn" as const }));
    case "requestRested":
    case "requestClosed":
    case "ownRequestEnded": {
      const { outcome, awarded, asked } = event;
      const closed = event.type === "requestClosed" || (event.type === "ownRequestEnded" && event.closed);
      return update(draft.requests, event.request, (one) => ({ ...one, outcome, awarded, asked, closed }));
    }
    case "evaluated":
      return update(draft.requests, event.request, (one) => {
        return { ...one, evaluations: [...one.evaluations, event.evaluation] };
      });
    default:
      return unreachable(event);
  }
}

export type AboutAward = Shown<"awardIssued" | "awardHeldForDecision" | "awardConfirmed" | "awardDefaulted">;

export function foldAward(draft: Draft, event: AboutAward): void {
  switch (event.type) {
    case "awardIssued":
      return update(draft.requests, event.award.request, (one) => {
        return { ...one, awards: [...one.awards, { ...event.award, status: "issued" as const }] };
      });
    case "awardHeldForDecision":
      return update(draft.requests, event.request, (one) => withStatus(one, event.award, "held"));
    case "awardConfirmed":
      return update(draft.requests, event.request, (one) => withStatus(one, event.award, "confirmed"));
    case "awardDefaulted":
      return update(draft.requests, event.request, (one) => withStatus(one, event.award, "defaulted"));
    default:
      return unreachable(event);
  }
}

function withStatus(one: RequestView, id: string, status: RequestView["awards"][number]["status"]): RequestView {
  return { ...one, awards: one.awards.map((award) => (award.id === id ? { ...award, status } : award)) };
}

export type AboutLot = Shown<
  "lotFormed" | "lotRestated" | "lotDropped" | "rightsAssessed" | "stageClosed" | "clearanceIssued" | "clearanceVoided"
>;

export function foldLot(draft: Draft, event: AboutLot): void {
  switch (event.type) {
    case "lotFormed": {
      const { lot } = event;
      const formed: LotView = { lot, assessments: [], clearances: [], stages: [] };
      return update(draft.requests, lot.request, (one) => ({ ...one, lots: withItem(one.lots, lot.id, formed) }));
    }
    case "lotRestated":
      return ofLot(draft, { request: event.lot.request, lot: event.lot.id }, (lot) => ({ ...lot, lot: event.lot }));
    case "lotDropped":
      return ofLot(draft, event, (lot) => ({ ...lot, dropped: event.why }));
    case "rightsAssessed":
      return ofLot(draft, event, (lot) => ({ ...lot, assessments: event.assessments }));
    case "stageClosed": {
      const { stage, closedAt, taken, left } = event;
      return ofLot(draft, event, (lot) => ({ ...lot, stages: [...lot.stages, { stage, closedAt, taken, left }] }));
    }
    case "clearanceIssued":
      return ofLot(draft, event.clearance, (lot) => ({ ...lot, clearances: [...lot.clearances, event.clearance] }));
    case "clearanceVoided":
      return update(draft.requests, event.request, (one) => {
        return { ...one, lots: new Map([...one.lots].map(([id, lot]) => [id, voided(lot, event)])) };
      });
    default:
      return unreachable(event);
  }
}

function voided(lot: LotView, { clearance, why }: Shown<"clearanceVoided">): LotView {
  if (!lot.clearances.some((one) => one.id === clearance)) return lot;
  return { ...lot, clearances: lot.clearances.map((one) => (one.id === clearance ? { ...one, voided: why } : one)) };
}

export type AboutTender = Shown<"tenderOpened" | "bidSealed" | "listBidsSealed" | "bidWithdrawn" | "bidsUnsealed">;

/** Bids are counted while they are sealed, and shown from their opening on. */
export function foldTender(draft: Draft, event: AboutTender): void {
  switch (event.type) {
    case "tenderOpened": {
      const { tender, invitations } = event;
      const opened: TenderView = { tender, invitations, sealed: [], opened: [] };
      return update(draft.requests, tender.request, (one) => {
        return { ...one, tenders: withItem(one.tenders, tender.id, opened) };
      });
    }
    case "bidSealed": {
      const { bid, bidder, late } = event;
      return ofTender(draft, event, (one) => ({ ...one, sealed: [...one.sealed, { bid, bidder, late }] }));
    }
    case "listBidsSealed": {
      const listed = event.bids.map(({ bid, bidder }) => ({ bid, bidder, late: false }));
      return ofTender(draft, event, (one) => ({ ...one, sealed: [...one.sealed, ...listed] }));
    }
    case "bidWithdrawn":
      return ofTender(draft, event, (one) => ({ ...one, sealed: one.sealed.filter((bid) => bid.bid !== event.bid) }));
    case "bidsUnsealed": {
      const isOpened = (id: string): boolean => event.bids.some((bid) => bid.id === id);
      return ofTender(draft, event, (one) => ({
        ...one,
        sealed: one.sealed.filter((sealed) => !isOpened(sealed.bid)),
        opened: [...one.opened.filter((bid) => !isOpened(bid.id)), ...event.bids],
      }));
    }
    default:
      return unreachable(event);
  }
}

function withItem<Id, Item>(map: ReadonlyMap<Id, Item>, id: Id, item: Item): ReadonlyMap<Id, Item> {
  return new Map(map).set(id, item);
}

interface InRequest {
  readonly request: RequestId;
}

function ofLot(
  draft: Draft,
  { request, lot }: InRequest & { readonly lot: LotId },
  to: (lot: LotView) => LotView,
): void {
  update(draft.requests, request, (one) => {
    const before = one.lots.get(lot);
    return before === undefined ? one : { ...one, lots: withItem(one.lots, lot, to(before)) };
  });
}

function ofTender(
  draft: Draft,
  { request, tender }: InRequest & { readonly tender: TenderId },
  to: (tender: TenderView) => TenderView,
): void {
  update(draft.requests, request, (one) => {
    const before = one.tenders.get(tender);
    return before === undefined ? one : { ...one, tenders: withItem(one.tenders, tender, to(before)) };
  });
}
