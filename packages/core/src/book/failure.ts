import { tailEnd } from "../calendar/index.ts";
import { type AwardId, type Instant, type LotId, type PartyId, type RequestId } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import { partLabel } from "../requests/atomise.ts";
import { termsText } from "../requests/terms-text.ts";
import { advance } from "./advance.ts";
import { isOwn } from "./burdened.ts";
import { clear, isRunning } from "./clearances.ts";
import { currentLot, noticesOf, rightOf } from "./lookup.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { Turn } from "./turn.ts";

/**
 * A provider has not delivered, or not signed, what it was awarded: its part is free again (G23). Its rights over the lot are
 * suspended and its bids fall. Inside the tail the next best takes it without new notices, save of rights that were not asked yet;
 * past it what is freed is a new lot for the time that remains, and rights are asked anew.
 */
export function failAward(turn: Turn, request: RequestState, id: AwardId, provider: PartyId, why: string): void {
  const award = request.awards.find((item) => item.id === id);
  const freed = new Map<LotId, number>();
  for (const line of award?.lines ?? []) {
    if (line.provider === provider) freed.set(line.lot, (freed.get(line.lot) ?? 0) + line.count);
  }
  turn.emit({ type: "awardDefaulted", at: turn.at, award: id, request: request.request.id, provider, why });
  for (const bid of request.market?.bids ?? []) {
    if (bid.bidder === provider)
      turn.emit({
        type: "bidVoided",
        at: turn.at,
        request: request.request.id,
        bid: bid.id,
        bidder: provider,
        why: "defaulted",
      });
  }
  for (const lot of request.lots) {
    const count = freed.get(lot.lot.id);
    if (count === undefined) continue;
    if (isInsideTail(turn, lot, provider)) suspendRights(turn, currentLot(turn.state, lot), provider);
    else replaceLot(turn, currentLot(turn.state, lot), count);
  }
}

/** Everything by which the lot was let pass still holds, and the acceptance that has failed is not older than its own tail. */
function isInsideTail(turn: Turn, lot: LotState, provider: PartyId): boolean {
  if (lot.clearances.some((item) => item.validUntil !== undefined && !isRunning(item, turn.at))) return false;
  return noticesOf(turn.state, lot).every((notice) => {
    if (notice.closedAt === undefined || (notice.answeredBy ?? notice.holder) !== provider) return true;
    const { clause, version } = rightOf(turn.state, notice);
    return turn.at < tailEnd(notice.closedAt, clause.tail.days, version.zone);
  });
}

function suspendRights(turn: Turn, lot: LotState, provider: PartyId): void {
  for (const right of [...lot.stages.flatMap((stage) => stage.rights), ...lot.matches]) {
    if (isOwn(turn.state, provider, right))
      clear(turn, lot, right, { reason: "suspended", why: "holder_failed", count: lot.lot.count });
  }
}

/** The freed part as a lot of its own, for what is left of the window; where nothing is left, the old lot ends with what it has. */
function replaceLot(turn: Turn, { lot }: LotState, count: number): void {
  turn.emit({ type: "lotDropped", at: turn.at, lot: lot.id, request: lot.request, why: "replaced" });
  const from = Math.max(lot.window.from, Math.ceil(turn.at / 1000) * 1000) as Instant;
  if (from >= lot.window.to) return;
  const window = { from, to: lot.window.to };
  const { latestStart, ...kept } = lot.terms;
  const terms = {
    ...kept,
    count,
    gangMin: Math.min(kept.gangMin, count),
    window,
    ...(latestStart !== undefined && latestStart > from ? { latestStart } : {}),
  };
  const freed: Lot = {
    ...lot,
    id: turn.ids.next<"LotId">("lot"),
    label: partLabel(lot.label, 0),
    count,
    window,
    terms,
    termsText: termsText(terms),
  };
  turn.emit({ type: "lotFormed", at: turn.at, lot: freed, replaces: lot.id });
}

/** Who has accepted and not signed by the last instant has failed (domain row D9). */
export function signingDue(turn: Turn, id: AwardId, at: Instant): void {
  const request = turn.state.requests.get(turn.state.awards.get(id) as RequestId);
  const award = request?.awards.find((item) => item.id === id);
  if (request === undefined || award === undefined || request.confirmedAwards.includes(id)) return;
  const late = award.lines.filter((line) => line.signBy !== undefined && line.signBy < at);
  for (const provider of new Set(late.map((line) => line.provider))) {
    const current = turn.state.requests.get(request.request.id);
    if (current !== undefined) failAward(turn, current, id, provider, "not_signed");
  }
  advance(turn, request.request.id);
}
