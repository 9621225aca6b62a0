import type { ProposedLine } from "../awards/award.ts";
import { occupy } from "./evolve-requests.ts";
import { type Placed, place } from "./placement.ts";
import type { RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";

export type LinePlacement = { readonly placed: readonly (readonly Placed[])[] } | { readonly taken: ProposedLine };

/**
 * Machines for every line that names some, one line after the other, so that no two lines get the same ones. Days may have passed
 * since the lines were proposed: the first line whose machines somebody else has taken since is told instead.
 */
export function placeLines(state: BookState, request: RequestState, lines: readonly ProposedLine[]): LinePlacement {
  const mark = state.checkpoint();
  const placed: (readonly Placed[])[] = [];
  try {
    for (const item of lines) {
      const found = placeLine(state, request, item);
      if (found === undefined) return { taken: item };
      occupy(state, found, item.line.window, 1);
      placed.push(found);
    }
    return { placed };
  } finally {
    state.rollback(mark);
  }
}

function placeLine(
  state: BookState,
  request: RequestState,
  { line, offer }: ProposedLine,
): readonly Placed[] | undefined {
  const lot = request.lots.find((item) => item.lot.id === line.lot)?.lot;
  const bid = request.market?.bids.find((item) => item.id === offer);
  const named =
    line.blocks.length > 0
      ? line.blocks.map((part) => part.block)
      : (bid?.lines.find((item) => item.lot === line.lot)?.rootBlocks ?? []);
  if (named.length === 0) return [];
  const factor = lot?.alternatives.find((item) => item.acceleratorType === line.acceleratorType)?.factor;
  const count = factor === undefined ? line.count : Number((BigInt(line.count) * factor.num) / factor.den);
  const blockSize = lot?.terms.blockSize ?? 1;
  return place(state, named, line.window, count % blockSize === 0 ? blockSize : 1, count);
}
