import type { ProposedLine } from "../awards/award.ts";
import { acceleratorSeconds, costOf, type Rate, windowSeconds } from "../kernel/index.ts";
import { type Called, calledIn } from "./called.ts";
import { freeCount } from "./lookup.ts";
import { place } from "./placement.ts";
import { propose } from "./propose.ts";
import { findLotLine, type LotState, type RequestState } from "./request-state.ts";
import type { Turn } from "./turn.ts";

/**
 * Capacity already contracted is called at its preset price before anything new is bought (step 3). False: no lot of the list calls any.
 */
export function proposeEntitlements(turn: Turn, request: RequestState, lots: readonly LotState[]): boolean {
  const lines: ProposedLine[] = [];
  for (const lot of lots) {
    const called = calledIn(turn.state, request.request, lot.lot.lineIndex);
    const price = called?.price ?? findLotLine(request.request, lot.lot).cap;
    if (called === undefined || price === undefined || lot.failed.includes(called.provider)) continue;
    const line = lineOf(turn, lot, called, price);
    if (line !== undefined) lines.push(line);
    else {
      turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: request.request.id, why: "no_capacity" });
      return true;
    }
  }
  if (lines.length === 0) return false;
  propose(turn, request.request.id, lines, "entitlement");
  return true;
}

/** Undefined where the blocks that the contract names do not carry it. */
function lineOf(turn: Turn, lot: LotState, { provider, blocks, kind }: Called, price: Rate): ProposedLine | undefined {
  const count = freeCount(turn.state, lot);
  const { window, terms } = lot.lot;
  const placed = place(turn.state, blocks, window, terms.blockSize, count);
  if (placed === undefined) return undefined;
  return {
    offer: turn.ids.next<"BidId">("bid"),
    bonaFide: true,
    thirdParty: provider,
    countMin: 0,
    line: {
      lot: lot.lot.id,
      provider,
      count,
      acceleratorType: terms.acceleratorType,
      region: lot.lot.alternatives[0]?.region ?? "",
      window,
      price,
      cost: costOf(price, acceleratorSeconds(count, windowSeconds(window))),
      stated: terms.stated,
      blocks: placed,
      basis: kind === "option" ? "option" : "entitlement",
      clearances: [],
    },
  };
}
