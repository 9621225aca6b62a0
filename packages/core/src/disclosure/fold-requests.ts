import type { LotId, RequestId, TenderId } from "../kernel/index.ts";
import { unreachable } from "../kernel/index.ts";
import { type Draft, type Shown, update } from "./draft.ts";
import type { ApprovalView, LotView, TenderView } from "./view.ts";

/** What the keeper is told of a request, and a buyer who is not the keeper of its own. */
export type AboutRequest = Shown<
  | "requestSubmitted"
  | "requestRevised"
  | "requestWithdrawn"
  | "requestRested"
  | "requestClosed"
  | "ownRequestEnded"
  | "approvalAwaited"
  | "approvalGiven"
  | "approvalDenied"
  | "approvalsVoided"
  | "evaluated"
  | "awardProposed"
>;

export function foldRequest(draft: Draft, event: AboutRequest): void {
  switch (event.type) {
    case "requestSubmitted": {
      const { request, at: askedAt, askedBy } = event;
      const asked = askedBy === undefined ? { askedAt } : { askedAt, askedBy };
      const parts = { lots: new Map(), tenders: new Map(), evaluations: [], approvals: [], awards: [] };
      draft.requests.set(request.id, { request, ...asked, ...parts, closed: false });
      return;
    }
    case "requestRevised":
      return foldRevision(draft, event);
    case "requestWithdrawn":
      return update(draft.requests, event.request, (one) => ({ ...one, outcome: "withdrawn" as const }));
    case "requestRested":
    case "requestClosed":
    case "ownRequestEnded":
      return foldEnd(draft, event);
    case "approvalAwaited": {
      const { approvals, before } = event;
      return approved(
        draft,
        event.request,
        approvals.map((approval) => ({ approval, status: "awaited", before })),
      );
    }
    case "approvalsVoided":
      return approved(
        draft,
        event.request,
        event.approvals.map((approval) => ({ approval, status: "voided" })),
      );
    case "approvalGiven":
    case "approvalDenied": {
      const { approval, by } = event;
      return approved(draft, event.request, [
        { approval, status: event.type === "approvalGiven" ? "given" : "denied", by },
      ]);
    }
    case "awardProposed": {
      const { lines, by } = event;
      return update(draft.requests, event.request, (one) => ({ ...one, proposal: { lines, by } }));
    }
    case "evaluated":
      return update(draft.requests, event.request, (one) => {
        return { ...one, evaluations: [...one.evaluations, event.evaluation] };
      });
    default:
      return unreachable(event);
  }
}

/** What it no longer asks for is no longer awaited. */
function foldRevision(draft: Draft, { request, askedAt, askedBy }: Shown<"requestRevised">): void {
  update(draft.requests, request.id, (before) => {
    const approvals = before.approvals.filter(
      ({ approval, status, before: what }) =>
        status !== "awaited" || what === "award" || request.approvals.includes(approval),
    );
    if (askedAt === undefined) return { ...before, request, approvals };
    const { askedBy: _, ...one } = before;
    return { ...one, request, approvals, askedAt, ...(askedBy === undefined ? {} : { askedBy }) };
  });
}

function foldEnd(draft: Draft, event: Shown<"requestRested" | "requestClosed" | "ownRequestEnded">): void {
  const { outcome, awarded, asked } = event;
  const closed = event.type === "requestClosed" || (event.type === "ownRequestEnded" && event.closed);
  const { why, nearest, until } = { why: undefined, nearest: undefined, until: undefined, ...event };
  update(draft.requests, event.request, ({ why: _1, nearest: _2, until: _3, ...one }) => ({
    ...one,
    outcome,
    awarded,
    asked,
    closed,
    ...(why === undefined ? {} : { why }),
    ...(nearest === undefined ? {} : { nearest }),
    ...(until === undefined ? {} : { until }),
  }));
}

/** The newest word on each approval counts; it stays in its place. */
function approved(draft: Draft, request: RequestId, changes: readonly ApprovalView[]): void {
  update(draft.requests, request, (one) => {
    const approvals = one.approvals.map((before) => {
      const change = changes.find(({ approval }) => approval === before.approval);
      if (change === undefined) return before;
      const { by: _, ...rest } = before;
      return { ...rest, ...change };
    });
    const added = changes.filter(({ approval }) => !approvals.some((before) => before.approval === approval));
    return { ...one, approvals: [...approvals, ...added] };
  });
}

export type AboutLot = Shown<
  | "lotFormed"
  | "lotRestated"
  | "lotDropped"
  | "rightsAssessed"
  | "stageClosed"
  | "clearanceIssued"
  | "clearanceVoided"
  | "requestHeld"
  | "awardBlocked"
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
      // What held it is looked at anew.
      return ofLot(draft, event, ({ held: _, ...lot }) => ({ ...lot, assessments: event.assessments }));
    case "requestHeld": {
      const { why, rights } = event;
      return ofLot(draft, event, (lot) => ({ ...lot, held: { why, rights } }));
    }
    case "awardBlocked": {
      const { why, right } = event;
      return ofLot(draft, event, (lot) => ({ ...lot, blocked: right === undefined ? { why } : { why, right } }));
    }
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
