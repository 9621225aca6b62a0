import type { ProposedLine } from "../awards/award.ts";
import { acceleratorSeconds, costOf, windowSeconds } from "../kernel/index.ts";
import { minimumPart } from "../requests/blocks.ts";
import { calledIn } from "./called.ts";
import { freeCount } from "./lookup.ts";
import { policyOf } from "./policy.ts";
import { freeOn, place } from "./placement.ts";
import { propose } from "./propose.ts";
import { type LotState, type RequestState } from "./request-state.ts";
import { reject, type Turn } from "./turn.ts";

/**
 * A sale out of the keeper's own capacity: what the holders left goes to the buyer that asked, or to the holder that exercises its
 * option. What the blocks no longer carry is not sold. False: the keeper proposes by itself.
 */
export function proposeSale(turn: Turn, request: RequestState, lots: readonly LotState[]): boolean {
  const { sale } = request.request;
  if (sale === undefined) return false;
  const lines: ProposedLine[] = [];
  for (const lot of lots) {
    const isOption = calledIn(turn.state, request.request, lot.lot.lineIndex)?.kind === "option";
    if (!isOption && !policyOf(turn.state).autoAward) continue;
    const count = saleCount(turn, lot, request);
    if (count < freeCount(turn.state, lot) && turn.command.type === "submitRequest")
      reject("no_capacity", "The blocks named do not carry this sale.");
    if (count > 0) lines.push(lineOf(turn, lot, sale, count, isOption ? "option" : "sale"));
    else {
      const why = lot.failed.includes(sale.to) ? "defaulted" : "no_capacity";
      turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: request.request.id, why });
      return true;
    }
  }
  if (lines.length === 0) return false;
  propose(turn, request.request.id, lines, "sale");
  return true;
}

/** How much of a lot its blocks still carry, in parts that are of use; nothing for a buyer that has not taken its part before. */
function saleCount(turn: Turn, lot: LotState, { request }: RequestState): number {
  const open = freeCount(turn.state, lot);
  const { window, terms } = lot.lot;
  const blocks = request.sale?.blocks ?? [];
  if (request.sale !== undefined && lot.failed.includes(request.sale.to)) return 0;
  if (blocks.length === 0 || place(turn.state, blocks, window, terms.blockSize, open) !== undefined) return open;
  const free = Math.min(open, freeOn(turn.state, blocks, window, terms.blockSize));
  const whole = free - (free % terms.blockSize);
  return whole >= minimumPart(terms) ? whole : 0;
}

function lineOf(
  turn: Turn,
  lot: LotState,
  sale: NonNullable<RequestState["request"]["sale"]>,
  count: number,
  basis: "sale" | "option",
): ProposedLine {
  const { window, terms } = lot.lot;
  return {
    offer: turn.ids.next<"BidId">("bid"),
    bonaFide: true,
    thirdParty: sale.to,
    countMin: terms.divisible ? minimumPart(terms) : count,
    line: {
      lot: lot.lot.id,
      provider: sale.to,
      count,
      acceleratorType: terms.acceleratorType,
      region: lot.lot.alternatives[0]?.region ?? "",
      window,
      price: sale.price,
      cost: costOf(sale.price, acceleratorSeconds(count, windowSeconds(window))),
      stated: terms.stated,
      blocks: place(turn.state, sale.blocks, window, terms.blockSize, count) ?? [],
      basis,
      clearances: [],
    },
  };
}
