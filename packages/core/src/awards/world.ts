import {
  type AcceleratorType,
  addMs,
  type BidId,
  type BlockId,
  type Currency,
  type Instant,
  type LotId,
  type PartyId,
  type Rate,
  type RequestId,
  rational,
  type TenderId,
  type TimeWindow,
} from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import type { Terms } from "../requests/terms.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import type { EvaluationInput, EvaluationLot } from "./evaluation.ts";

/** Makers for specs, after the fixture F0 of the conformance table. */

export const USD = "USD" as Currency;
/** 2027-01-01Z to 2028-01-01Z. */
export const YEAR_2027: TimeWindow = { from: 1_798_761_600_000 as Instant, to: 1_830_297_600_000 as Instant };
export const CLOSE = addMs(YEAR_2027.from, -90 * 86_400_000);

export function usd(price: number): Rate {
  return { microsPerHour: BigInt(Math.round(price * 1_000_000)), currency: USD };
}

export interface LotOptions extends Partial<Omit<EvaluationLot, "lot">> {
  readonly id?: string;
  readonly window?: TimeWindow;
  readonly alternatives?: Lot["alternatives"];
  readonly terms?: Partial<Terms>;
}

/** 1,024 GB200 in blocks of 8 for 2027 at up to $3.000. */
export function lot(options: LotOptions = {}): EvaluationLot {
  const { id = "lot_1", window = YEAR_2027, terms: changed = {}, alternatives, ...rest } = options;
  const count = rest.count ?? 1_024;
  const acceleratorType = "gb200" as AcceleratorType;
  const terms: Terms = {
    acceleratorType,
    count,
    blockSize: 8,
    gangMin: 8,
    divisible: true,
    regions: ["us-central"],
    window,
    price: usd(3),
    stated: {},
    ...changed,
  };
  const made: Lot = {
    id: id as LotId,
    request: "q1" as RequestId,
    requestVersion: 1,
    lineIndex: 0,
    label: "1",
    side: "demand",
    count,
    window,
    alternatives: alternatives ?? [{ acceleratorType, factor: rational(1n), region: "us-central" }],
    purposes: ["inference"],
    purposeDeclared: true,
    newCapacity: true,
    terms,
    termsText: "",
    warnings: [],
  };
  return { ...rest, lot: made, count };
}

export function line(
  price: number | readonly (readonly [from: number, price: number])[],
  changed: Partial<BidLine> = {},
): BidLine {
  const bands = typeof price === "number" ? [[1, price] as const] : price;
  return {
    lot: "lot_1" as LotId,
    countMin: 8,
    countMax: 1_024,
    multiple: 8,
    tiers: bands.map(([from, each]) => ({ from, rate: usd(each) })),
    tierMode: "all-units",
    stated: {},
    rootBlocks: [],
    ...changed,
  };
}

/** A bid that stands; ids `bid_gamma`, received in the order of `order`. */
export function bid(
  bidder: string,
  order: number,
  lines: BidLine | readonly BidLine[],
  changed: Partial<Bid> = {},
): Bid {
  return {
    id: `bid_${bidder}${changed.id ?? ""}` as BidId,
    tender: "tnd_1" as TenderId,
    bidder: bidder as PartyId,
    lines: Array.isArray(lines) ? (lines as readonly BidLine[]) : [lines as BidLine],
    validUntil: addMs(CLOSE, 30 * 86_400_000),
    discloseIdentity: true,
    receivedAt: CLOSE,
    order,
    standing: false,
    ...changed,
    ...(changed.id !== undefined && { id: changed.id }),
  };
}

export function market(bids: readonly Bid[], changed: Partial<EvaluationInput> = {}): EvaluationInput {
  return { lots: [lot()], bids, currency: USD, at: CLOSE, ...changed };
}

export const block = (id: string): BlockId => id as BlockId;
