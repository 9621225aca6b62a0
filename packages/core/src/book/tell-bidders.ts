import type { AwardLine } from "../awards/award.ts";
import type { RequestState } from "./request-state.ts";
import type { Turn } from "./turn.ts";

/** Every bidder learns what became of its own bid, in one form for all. */
export function tellBidders(turn: Turn, request: RequestState, lines: readonly AwardLine[]): void {
  const { market } = request;
  if (market === undefined) return;
  for (const invitation of market.invitations) {
    let selected = 0;
    for (const line of lines) if (line.provider === invitation.provider && line.basis === "bid") selected += line.count;
    turn.emit({
      type: "invitationClosed",
      at: turn.at,
      request: request.request.id,
      tender: market.tender.id,
      invitation: invitation.id,
      provider: invitation.provider,
      selected,
    });
  }
}
