import { evaluateMarket } from "./evaluate-market.ts";
import type { Candidate } from "./gate-line.ts";
import { propose } from "./propose.ts";
import type { Turn } from "./turn.ts";

/** Takes a line out of a proposal for good: of the sealed bids the next best takes its place, a buyer proposes anew. */
export function dropLine(turn: Turn, { request, line }: Pick<Candidate, "request" | "line">, why: string): void {
  const { proposal } = request;
  const id = request.request.id;
  const bid = request.market?.bids.find((item) => item.id === line.offer);
  if (proposal?.by === "evaluation" && bid !== undefined) {
    turn.emit({
      type: "bidVoided",
      at: turn.at,
      request: id,
      bid: bid.id,
      bidder: bid.bidder,
      lot: line.line.lot,
      why,
    });
    evaluateMarket(turn, id);
    return;
  }
  // What is called, or sold to one buyer, is proposed by itself: it would come back.
  if (proposal?.by === "sale" || proposal?.by === "entitlement")
    turn.emit({ type: "lotDropped", at: turn.at, lot: line.line.lot, request: id, why });
  propose(
    turn,
    id,
    (proposal?.lines ?? []).filter((item) => item !== line),
    proposal?.by ?? "buyer",
  );
}
