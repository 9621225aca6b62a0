import type { ProposedLine } from "../awards/award.ts";
import { sharesRoot } from "../awards/shared-roots.ts";
import type { BlockId } from "../kernel/index.ts";
import { occupy } from "./occupy.ts";
import { isFlat, type Placed, place } from "./placement.ts";
import type { RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";

export type LinePlacement = { readonly placed: readonly (readonly Placed[])[] } | { readonly taken: ProposedLine };

/**
 * Machines for every line that names some, one line after the other, so that no two lines get the same ones. Days may have passed
 * since the lines were proposed: the first line whose machines somebody else has taken since is told instead.
 */
export function placeLines(state: BookState, request: RequestState, lines: readonly ProposedLine[]): LinePlacement {
  if (!someShare(state, request, lines)) return placeAlone(state, request, lines);
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

/** Lines that share no machines need not leave each other room. */
function placeAlone(state: BookState, request: RequestState, lines: readonly ProposedLine[]): LinePlacement {
  const placed: (readonly Placed[])[] = [];
  for (const item of lines) {
    const found = placeLine(state, request, item);
    if (found === undefined) return { taken: item };
    placed.push(found);
  }
  return { placed };
}

function someShare(state: BookState, request: RequestState, lines: readonly ProposedLine[]): boolean {
  if (lines.length < 2) return false;
  const named = lines.map((item) => ({ rootBlocks: namedBy(request, item) }));
  if (!named.every(({ rootBlocks }) => isFlat(state, rootBlocks))) return true;
  return named.some((one, place) => named.some((other, index) => index < place && sharesRoot(one, other)));
}

/** The blocks that a line, or the bid that it takes up, names. */
function namedBy(request: RequestState, { line, offer }: ProposedLine): readonly BlockId[] {
  if (line.blocks.length > 0) return line.blocks.map((part) => part.block);
  const bid = request.market?.bids.find((item) => item.id === offer);
  return bid?.lines.find((item) => item.lot === line.lot)?.rootBlocks ?? NO_BLOCKS;
}

const NO_BLOCKS: readonly BlockId[] = [];

function placeLine(state: BookState, request: RequestState, item: ProposedLine): readonly Placed[] | undefined {
  const { line } = item;
  const lot = request.lots.find((one) => one.lot.id === line.lot)?.lot;
  const named = namedBy(request, item);
  if (named.length === 0) return [];
  const count = line.offered ?? line.count;
  const blockSize = lot?.terms.blockSize ?? 1;
  return place(state, named, line.window, count % blockSize === 0 ? blockSize : 1, count);
}
