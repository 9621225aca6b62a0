import type { Instant, RequestId } from "../kernel/index.ts";
import type { BookState } from "./state.ts";

/**
 * Puts everything on the clock again that may have fallen due for a request while it waited for a paper, and was left. What has been
 * dealt with since finds nothing to do.
 */
export function remind(state: BookState, id: RequestId): void {
  const request = state.requests.get(id);
  if (request === undefined) return;
  for (const lot of request.lots) {
    for (const notice of lot.notices) {
      const { closedAt, fallbackAt, respondBy } = state.notices.get(notice) ?? {};
      if (closedAt !== undefined) continue;
      if (respondBy !== undefined) state.timers.push({ at: after(respondBy), kind: "deadline", id: notice });
      else if (fallbackAt !== undefined) state.timers.push({ at: fallbackAt, kind: "fallback", id: notice });
    }
  }
  for (const award of request.awards) {
    for (const { signBy } of award.lines)
      if (signBy !== undefined) state.timers.push({ at: after(signBy), kind: "signing", id: award.id });
  }
  const { market } = request;
  if (market === undefined) return;
  const { tender } = market;
  if (!market.opened) state.timers.push({ at: after(tender.closesAt), kind: "tender", id: tender.id });
  for (const { bid, answerBy } of market.asked) state.timers.push({ at: answerBy, kind: "extension", id: bid });
  for (const bid of market.bids) state.timers.push({ at: bid.validUntil, kind: "bid", id: bid.id });
}

/** A last instant in time has passed a millisecond later. */
function after(instant: Instant): Instant {
  return (instant + 1) as Instant;
}
