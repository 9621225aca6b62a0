import type { AwardLine } from "../awards/award.ts";
import type { ClosedInvitation } from "./events.ts";
import type { RequestState } from "./request-state.ts";
import type { Turn } from "./turn.ts";

/** Every bidder learns what became of its own bid, in one form for all. */
export function tellBidders(turn: Turn, request: RequestState, lines: readonly AwardLine[]): void {
  const { market } = request;
  if (market === undefined) return;
  const closed = market.invitations.map(({ id, provider }): ClosedInvitation => {
    let selected = 0;
    for (const line of lines) if (line.provider === provider && line.basis === "bid") selected += line.count;
    return { invitation: id, provider, selected };
  });
  turn.emit({ type: "invitationsClosed", at: turn.at, request: request.request.id, tender: market.tender.id, closed });
}
