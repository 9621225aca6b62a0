import type { BidId, LotId } from "../kernel/index.ts";
import { replacing } from "../requests/offered.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import { alternativeOf } from "../tenders/form.ts";
import { acceptedCount, noticesOf, sameRight } from "./lookup.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/**
 * The bids with what they have been awarded, and what holders have matched, taken off: who matches an offer takes its place, so a bid
 * is used up by its match, and only what it offers beyond that can fill the rest (domain row M4c). A line whose rest is below its
 * minimum has a `countMax` below its `countMin`.
 */
export function bidsLeft(state: BookState, request: RequestState, bids: readonly Bid[]): readonly Bid[] {
  const used = [...matchedParts(state, request), ...awardedParts(request)];
  if (used.length === 0) return bids;
  return bids.map((bid) => {
    const own = used.filter((item) => item.bid === bid.id);
    return own.length === 0 ? bid : { ...bid, lines: bid.lines.map((line) => lineLeft(request, line, own)) };
  });
}

interface Used {
  readonly bid: BidId;
  readonly lot: LotId;
  /** In the unit of the lot. */
  readonly count: number;
}

function matchedParts(state: BookState, request: RequestState): Used[] {
  const parts: Used[] = [];
  for (const lot of request.lots) {
    if (lot.matches.length === 0) continue;
    for (const notice of noticesOf(state, lot)) {
      const { status, thirdParty } = notice;
      if (thirdParty === undefined || (status !== "accepted" && status !== "part_accepted")) continue;
      if (lot.matches.some((right) => sameRight(right.ref, notice.right)))
        parts.push({ bid: thirdParty.bid, lot: lot.lot.id, count: acceptedCount(notice) });
    }
  }
  return parts;
}

function awardedParts({ awards }: RequestState): Used[] {
  if (awards.length === 0) return [];
  return awards.flatMap(({ lines }) =>
    lines.flatMap(({ bid, lot, count }) => (bid === undefined ? [] : [{ bid, lot, count }])),
  );
}

function lineLeft(request: RequestState, line: BidLine, parts: readonly Used[]): BidLine {
  let used = 0;
  for (const { lot, count } of parts) if (lot === line.lot) used += count;
  const lot = request.lots.find((item) => item.lot.id === line.lot);
  return used === 0 || lot === undefined
    ? line
    : { ...line, countMax: Math.max(0, line.countMax - offeredFor(lot, line, used)) };
}

/** As many of the type offered as replace so many of the lot's first alternative, rounded up. */
function offeredFor({ lot }: LotState, line: BidLine, count: number): number {
  const factor = alternativeOf(line, lot)?.factor;
  return factor === undefined ? count : replacing(count, factor);
}
