import type { BookEvent, BookEventType } from "../book/events.ts";
import { type Instant, parseInstant, rational, type TimeWindow } from "../kernel/index.ts";
import type { Recorded } from "./finding.ts";

/** Only what an audit looks at has to be stated; ids are plain text. */
type Sparse<Value> = Value extends string | number | bigint | boolean | undefined
  ? Value extends string
    ? string
    : Value extends number
      ? number
      : Value
  : Value extends readonly (infer Item)[]
    ? readonly Sparse<Item>[]
    : { readonly [Key in keyof Value]?: Sparse<Value[Key]> };

export type SparseEvent<Type extends BookEventType> = Sparse<Omit<Recorded<Type>, "type">>;

export function event<Type extends BookEventType>(type: Type, body: SparseEvent<Type>): Recorded<Type> {
  return { type, ...(body as object) } as unknown as Recorded<Type>;
}

export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`${text} is no instant`);
  return instant;
}

export const window = (from: string, to: string): TimeWindow => ({
  from: at(`${from}T00:00Z`),
  to: at(`${to}T00:00Z`),
});
export const usd = (microsPerHour: bigint) => ({ microsPerHour, currency: "USD" });
export const YEAR = window("2027-01-01", "2028-01-01");

const SUBMITTED = at("2026-09-14T17:00Z");
const DUE = at("2026-09-22T00:00Z");
const MARKET = at("2026-09-22T00:00:01Z");
const AWARDED = at("2026-09-29T17:00Z");
const TAIL_END = at("2026-11-21T08:00Z");
const ONE = rational(1n);

export const refusalRight = {
  id: "r1",
  lineageId: "r1",
  kind: "first-refusal",
  burdens: "demand",
  holder: "alfa",
  grantor: "lab",
  rank: 10,
  trigger: "request",
  tail: { days: 60, priceToleranceBp: 0, countToleranceBp: 0 },
  reoffer: { lastRoundToleranceBp: 1000 },
} as const;
export const matchRight = {
  ...refusalRight,
  id: "r2",
  lineageId: "r2",
  kind: "match",
  holder: "beta",
  rank: 20,
  trigger: "third-party-offer",
} as const;

const assessment = (agreement: string, clause: string) => ({
  right: { agreement, clause, version: 1 },
  verdict: "applies" as const,
  facts: [],
  undeclared: [],
  unconfirmedReading: false,
});
const alternative = { acceleratorType: "gb200", region: "us-central", factor: ONE };
const line = { acceleratorType: "gb200", region: "us-central", window: YEAR, stated: {}, clearances: [] };

/**
 * A request for 1,024 that goes all the way: ALFA, asked first at $3.00, takes 600 on its own block; 424 go to the market, GAMMA
 * bids $2.60, BETA may match and refuses; both parts are awarded.
 */
export function cleanHistory(): BookEvent[] {
  return [
    event("bookOpened", { at: SUBMITTED, header: { keeper: "lab", kind: "buyer", currency: "USD" } }),
    event("agreementRecorded", {
      at: SUBMITTED,
      agreement: { id: "a1", version: 1, buyer: "lab", provider: "alfa", otherParties: [], clauses: [refusalRight] },
    }),
    event("agreementRecorded", {
      at: SUBMITTED,
      agreement: { id: "a2", version: 1, buyer: "lab", provider: "beta", otherParties: [], clauses: [matchRight] },
    }),
    event("blockRecorded", { at: SUBMITTED, block: { id: "a-1", rootId: "a-1", quantity: 640, window: YEAR } }),
    event("blockRecorded", { at: SUBMITTED, block: { id: "g-17", rootId: "g-17", quantity: 1024, window: YEAR } }),
    event("requestSubmitted", {
      at: SUBMITTED,
      request: { id: "q1", version: 1, buyer: "lab", lines: [{ count: 1024, window: YEAR, cap: usd(3_000_000n) }] },
    }),
    event("lotFormed", {
      at: SUBMITTED,
      lot: {
        id: "lot_1",
        request: "q1",
        lineIndex: 0,
        label: "1",
        count: 1024,
        window: YEAR,
        alternatives: [alternative],
        terms: { price: usd(3_000_000n) },
      },
    }),
    event("rightsAssessed", {
      at: SUBMITTED,
      lot: "lot_1",
      request: "q1",
      assessments: [assessment("a1", "r1"), assessment("a2", "r2")],
    }),
    event("noticeSent", {
      at: SUBMITTED,
      notice: {
        id: "ntc_1",
        kind: "first-refusal",
        right: { agreement: "a1", clause: "r1", version: 1 },
        lineageId: "r1",
        request: "q1",
        lot: "lot_1",
        holder: "alfa",
        count: 1024,
        terms: { price: usd(3_000_000n) },
        termsText: "gb200 1024 3.00",
        sentAt: SUBMITTED,
      },
    }),
    event("noticeReceived", {
      at: SUBMITTED,
      notice: "ntc_1",
      request: "q1",
      deliveredAt: SUBMITTED,
      deemedReceivedAt: SUBMITTED,
      respondBy: DUE,
    }),
    event("answerReceived", {
      at: at("2026-09-16T09:00Z"),
      notice: "ntc_1",
      request: "q1",
      by: "alfa",
      answer: {
        id: "ans_1",
        answer: { type: "accept", count: 600 },
        receivedAt: at("2026-09-16T09:00Z"),
        verdict: "binding",
      },
    }),
    event("noticeClosed", {
      at: at("2026-09-16T09:00Z"),
      notice: "ntc_1",
      request: "q1",
      status: "part_accepted",
      count: 600,
    }),
    event("holdPlaced", {
      at: at("2026-09-16T09:00Z"),
      hold: "hld_1",
      request: "q1",
      lot: "lot_1",
      notice: "ntc_1",
      holder: "alfa",
      count: 600,
      blocks: [{ block: "a-1", count: 600 }],
      window: YEAR,
    }),
    event("clearanceIssued", {
      at: at("2026-09-16T09:00Z"),
      clearance: {
        id: "clr_1",
        lot: "lot_1",
        request: "q1",
        right: { agreement: "a1", clause: "r1", version: 1 },
        lineageId: "r1",
        holder: "alfa",
        reason: "refused",
        count: 424,
        terms: { price: usd(3_000_000n) },
        notice: "ntc_1",
        finalRound: false,
        issuedAt: at("2026-09-16T09:00Z"),
        validUntil: TAIL_END,
      },
    }),
    event("tenderOpened", {
      at: MARKET,
      tender: { id: "tnd_1", request: "q1", lots: [{ lot: "lot_1", count: 424 }], closesAt: at("2026-09-25T00:00Z") },
      invitations: [
        { id: "inv_1", tender: "tnd_1", provider: "gamma" },
        { id: "inv_2", tender: "tnd_1", provider: "kappa" },
      ],
    }),
    event("bidReceived", {
      at: at("2026-09-23T10:00Z"),
      request: "q1",
      bid: {
        id: "bid_1",
        tender: "tnd_1",
        bidder: "gamma",
        lines: [{ lot: "lot_1", tiers: [{ from: 8, rate: usd(2_600_000n) }] }],
        receivedAt: at("2026-09-23T10:00Z"),
      },
      verdict: "sealed",
    }),
    event("bidReceived", {
      at: at("2026-09-23T11:00Z"),
      request: "q1",
      bid: {
        id: "bid_2",
        tender: "tnd_1",
        bidder: "kappa",
        lines: [{ lot: "lot_1", tiers: [{ from: 8, rate: usd(2_710_000n) }] }],
        receivedAt: at("2026-09-23T11:00Z"),
      },
      verdict: "sealed",
    }),
    event("bidsOpened", { at: at("2026-09-25T00:00:01Z"), request: "q1", tender: "tnd_1", bids: ["bid_1", "bid_2"] }),
    event("noticeSent", {
      at: at("2026-09-25T00:00:01Z"),
      notice: {
        id: "ntc_2",
        kind: "match",
        right: { agreement: "a2", clause: "r2", version: 1 },
        lineageId: "r2",
        request: "q1",
        lot: "lot_1",
        holder: "beta",
        count: 424,
        terms: { price: usd(2_600_000n) },
        termsText: "gb200 424 2.60",
        sentAt: at("2026-09-25T00:00:01Z"),
        thirdParty: { bid: "bid_1", price: usd(2_600_000n), count: 424 },
      },
    }),
    event("noticeReceived", {
      at: at("2026-09-25T15:00Z"),
      notice: "ntc_2",
      request: "q1",
      deliveredAt: at("2026-09-25T15:00Z"),
      deemedReceivedAt: at("2026-09-25T15:00Z"),
      respondBy: at("2026-09-30T00:00Z"),
    }),
    event("answerReceived", {
      at: AWARDED,
      notice: "ntc_2",
      request: "q1",
      by: "beta",
      answer: { id: "ans_2", answer: { type: "refuse" }, receivedAt: AWARDED, verdict: "refusal" },
    }),
    event("noticeClosed", { at: AWARDED, notice: "ntc_2", request: "q1", status: "refused", count: 0 }),
    event("clearanceIssued", {
      at: AWARDED,
      clearance: {
        id: "clr_2",
        lot: "lot_1",
        request: "q1",
        right: { agreement: "a2", clause: "r2", version: 1 },
        lineageId: "r2",
        holder: "beta",
        reason: "refused",
        count: 424,
        terms: { price: usd(2_600_000n) },
        notice: "ntc_2",
        thirdParty: "gamma",
        finalRound: false,
        issuedAt: AWARDED,
        validUntil: TAIL_END,
      },
    }),
    event("awardIssued", {
      at: AWARDED,
      award: {
        id: "awd_1",
        request: "q1",
        issuedAt: AWARDED,
        lines: [
          {
            ...line,
            lot: "lot_1",
            provider: "alfa",
            count: 600,
            price: usd(3_000_000n),
            blocks: [{ block: "a-1", count: 600 }],
            basis: "acceptance",
            notice: "ntc_1",
          },
          {
            ...line,
            lot: "lot_1",
            provider: "gamma",
            count: 424,
            price: usd(2_600_000n),
            blocks: [{ block: "g-17", count: 424 }],
            basis: "bid",
            bid: "bid_1",
            clearances: ["clr_1", "clr_2"],
          },
        ],
      },
    }),
    event("requestClosed", { at: AWARDED, request: "q1", outcome: "awarded_full", awarded: 1024, asked: 1024 }),
  ];
}

/** The history with its `nth` event of a type (counted from 0) replaced by what `to` makes of it. */
export function changed<Type extends BookEventType>(
  history: readonly BookEvent[],
  type: Type,
  nth: number,
  to: (event: Recorded<Type>) => BookEvent | readonly BookEvent[],
): BookEvent[] {
  let seen = 0;
  return history.flatMap((one) => {
    if (one.type !== type) return [one];
    seen += 1;
    return seen === nth + 1 ? to(one as Recorded<Type>) : [one];
  });
}

export function without(history: readonly BookEvent[], type: BookEventType, nth: number): BookEvent[] {
  return changed(history, type, nth, () => []);
}

type AwardEvent = Recorded<"awardIssued">;
type LineChange = { readonly [Key in keyof AwardEvent["award"]["lines"][number]]?: unknown };

/** The history with GAMMA's part of the award (the second line) changed. */
export function withMarketLine(change: LineChange, history: readonly BookEvent[] = cleanHistory()): BookEvent[] {
  return changed(history, "awardIssued", 0, (one) => withLine(one, 1, change));
}

export function withLine(one: AwardEvent, index: number, change: LineChange): AwardEvent {
  const lines = one.award.lines.map((before, i) => (i === index ? { ...before, ...change } : before));
  return { ...one, award: { ...one.award, lines } } as AwardEvent;
}

/** A later award of GAMMA's from the market, on its own block. */
export function marketAward(id: string, lot: string, count: number, change: LineChange = {}): AwardEvent {
  const issuedAt = at("2026-10-06T00:00Z");
  const blocks = [{ block: "g-17", count }];
  const bid = {
    ...line,
    lot,
    provider: "gamma",
    count,
    price: usd(2_600_000n),
    blocks,
    basis: "bid" as const,
    bid: "bid_1",
  };
  return withLine(
    event("awardIssued", { at: issuedAt, award: { id, request: "q1", issuedAt, lines: [bid] } }),
    0,
    change,
  );
}

/** The history with some fields of one of its rights changed. */
export function withRight(history: readonly BookEvent[], nth: 0 | 1, change: object): BookEvent[] {
  return changed(history, "agreementRecorded", nth, (one) => {
    const clauses = one.agreement.clauses.map((clause) => ({ ...clause, ...change }));
    return { ...one, agreement: { ...one.agreement, clauses } };
  });
}

/** The history with some fields of what was found about one right changed. */
export function withAssessment(history: readonly BookEvent[], clause: string, change: object): BookEvent[] {
  return changed(history, "rightsAssessed", 0, (one) => ({
    ...one,
    assessments: one.assessments.map((judged) => (judged.right.clause === clause ? { ...judged, ...change } : judged)),
  }));
}

/** The history with some fields of a clearance changed. */
export function withClearance(history: readonly BookEvent[], nth: 0 | 1, change: object): BookEvent[] {
  return changed(history, "clearanceIssued", nth, (one) => ({ ...one, clearance: { ...one.clearance, ...change } }));
}
