import { blockAward } from "./block-award.ts";
import { closingInstant, deemAcceptances, endNotices } from "./end-notices.ts";
import { dropLine } from "./drop-line.ts";
import { evaluateMarket } from "./evaluate-market.ts";
import { mayRelease } from "./exclusivity.ts";
import { isAboutOffer, isLive, rightOf } from "./lookup.ts";
import { withCount } from "./lines.ts";
import { propose } from "./propose.ts";
import type { LotState, RequestState } from "./request-state.ts";
import { askFurther, shareOut } from "./share-out.ts";
import { isAnswered } from "./end-notices.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Notices about a third party's offer that have come to their end: those of one offer together. True: one was dealt with. */
export function closeAnswered(turn: Turn, request: RequestState): boolean {
  for (const lot of request.lots) {
    const live = openOffers(turn, lot);
    if (live === undefined) continue;
    for (const asked of byOffer(live)) {
      if (!asked.every((notice) => isAnswered(turn, notice))) continue;
      if (closeOffer(turn, request, lot, asked)) return true;
    }
  }
  return false;
}

/** Notices about one offer together, in the order in which the offers were first asked about. */
function byOffer(live: readonly NoticeState[]): readonly (readonly NoticeState[])[] {
  if (live.length === 1) return [live];
  const offers = [...new Set(live.map(({ thirdParty }) => thirdParty?.bid))];
  return offers.map((offer) => live.filter(({ thirdParty }) => thirdParty?.bid === offer));
}

/** Notices about a third party's offer that are not closed; undefined where there are none. */
function openOffers(turn: Turn, lot: LotState): readonly NoticeState[] | undefined {
  let found: NoticeState[] | undefined;
  for (const id of lot.notices) {
    const notice = turn.state.notices.get(id);
    if (notice === undefined || !isLive(notice) || !isAboutOffer(notice)) continue;
    if (found === undefined) found = [notice];
    else found.push(notice);
  }
  return found;
}

/** What holders took leaves the proposal; what remains is solved again from the same sealed bids (step 15). */
function closeOffer(turn: Turn, request: RequestState, lot: LotState, asked: readonly NoticeState[]): boolean {
  const notices = deemAcceptances(turn, asked);
  const shared = shareOut(turn, lot, notices);
  if (askFurther(turn, lot, notices, shared)) return true;
  endNotices(turn, lot, notices, shared, closingInstant(turn, notices));
  const kept = notices.find(
    (notice) => notice.kind === "exclusivity" && !mayRelease(turn, notice, rightOf(turn.state, notice)),
  );
  let taken = 0;
  for (const count of shared.allocations.values()) taken += count;
  if (kept !== undefined) dropOffered(turn, request, lot, kept, "exclusivity_not_released");
  if (taken === 0 || kept !== undefined) return true;
  if (request.proposal?.by === "evaluation") evaluateMarket(turn, request.request.id);
  else reduceLines(turn, request, lot, notices[0]?.thirdParty?.bid, taken);
  return true;
}

/** What was asked about is not to be had: its holder has not let it go. */
function dropOffered(turn: Turn, request: RequestState, lot: LotState, notice: NoticeState, why: string): void {
  const line = request.proposal?.lines.find(
    (item) => item.offer === notice.thirdParty?.bid && item.line.lot === lot.lot.id,
  );
  if (line === undefined) return;
  blockAward(turn, { request, lot, line }, rightOf(turn.state, notice), why);
  dropLine(turn, { request, line }, why);
}

/** Who is asked on behalf of a buyer's own proposal takes its part of it. */
function reduceLines(turn: Turn, request: RequestState, lot: LotState, offer: string | undefined, taken: number): void {
  const lines = (request.proposal?.lines ?? []).flatMap((item) => {
    if (item.line.lot !== lot.lot.id || item.offer !== offer) return [item];
    const count = item.line.count - taken;
    return count < Math.max(item.countMin, 1) ? [] : [withCount(item, count)];
  });
  propose(turn, request.request.id, lines, request.proposal?.by ?? "buyer");
}
