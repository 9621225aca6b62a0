import { findNearest } from "../capacity/index.ts";
import { momentText, UTC } from "../calendar/index.ts";
import { addMs, type BlockId, DAY_MS, type LotId } from "../kernel/index.ts";
import { heldBlocks, startBoundsOf } from "./placement.ts";
import { offersFor } from "./list-bids.ts";
import { type LotState, openCount, type RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/** How far ahead a later start is looked for when the request names no latest one. */
const LOOK_AHEAD_MS = 366 * DAY_MS;
/** Beyond so many blocks the search would cost more than the answer is worth. */
const BLOCKS_MAX = 64;

/** What would have worked instead, in words: less of it in the window, or as much of it later. */
export function nearestThatWorks(state: BookState, request: RequestState): string | undefined {
  const lot = request.lots.find((item) => openCount(item) > 0 && item.why !== "superseded");
  if (lot === undefined) return undefined;
  const blocks = blocksFor(state, request, lot);
  if (blocks === undefined || blocks.length === 0) return undefined;
  const { terms, window } = lot.lot;
  const quantity = openCount(lot);
  // What is left of a lot may be no whole number of blocks: then it is dealt in as it is.
  const blockSize = quantity % terms.blockSize === 0 ? terms.blockSize : 1;
  const ask = { window, quantity, blockSize, gangMin: Math.min(terms.gangMin, quantity), split: terms.divisible };
  const latest = terms.latestStart ?? addMs(window.from, LOOK_AHEAD_MS);
  const found = findNearest(heldBlocks(state, blocks), ask, latest, startBoundsOf(state, blocks));
  const parts: string[] = [];
  if (found.largest !== undefined) parts.push(`${found.largest.quantity} in this window`);
  if (found.earliest !== undefined)
    parts.push(`${ask.quantity} from ${momentText(state.header?.zone ?? UTC, found.earliest.window.from)}`);
  return parts.length === 0 ? undefined : parts.join(", or ");
}

/** Blocks of the price lists that fit a lot that was put out: those that had no room are no bids, and would be later. */
function listsFor(state: BookState, { market, request }: RequestState, lot: LotState): readonly (readonly BlockId[])[] {
  if (market === undefined || request.lines.length === 0) return [];
  const invited = market.invitations.map(({ provider }) => provider);
  return offersFor(state, [lot], invited).flatMap(({ offer }) => (offer.blocks.length > 0 ? [offer.blocks] : []));
}

/**
 * By the first of some lists of blocks: all of them, and the blocks that stand in them. Price lists name theirs by the same lists each
 * time; which of them serve differs from request to request, so a few are kept of each, the last used first.
 */
type Unions = WeakMap<readonly BlockId[], Union[]>;

const UNIONS_MAX = 16;

const bidUnions: Unions = new WeakMap();
const unions: Unions = new WeakMap();

interface Union {
  readonly lists: readonly (readonly BlockId[])[];
  /** Undefined where they are too many. */
  readonly union: readonly BlockId[] | undefined;
}

/** The blocks that could serve a lot, in order; undefined where they are too many, which the bids alone often say. */
function blocksFor(state: BookState, request: RequestState, lot: LotState): readonly BlockId[] | undefined {
  const bidden = listsBidden(request, lot.lot.id);
  if (unionFrom(bidUnions, bidden) === undefined) return undefined;
  const listed = listsFor(state, request, lot);
  return unionFrom(unions, [...listed, ...bidden]);
}

/** The lists of blocks that bids for a lot name. */
function listsBidden({ market }: RequestState, lot: LotId): readonly (readonly BlockId[])[] {
  const lists: (readonly BlockId[])[] = [];
  for (const bid of market?.bids ?? []) {
    for (const line of bid.lines) if (line.lot === lot && line.rootBlocks.length > 0) lists.push(line.rootBlocks);
  }
  return lists;
}

function unionFrom(unions: Unions, lists: readonly (readonly BlockId[])[]): readonly BlockId[] | undefined {
  const [first] = lists;
  if (first === undefined) return [];
  let known = unions.get(first);
  if (known === undefined) {
    known = [];
    unions.set(first, known);
  }
  const place = known.findIndex((union) => isOf(union, lists));
  if (place === 0) return (known[0] as Union).union;
  const [union] = place < 0 ? [{ lists, union: unionOf(lists) }] : known.splice(place, 1);
  known.unshift(union as Union);
  if (known.length > UNIONS_MAX) known.pop();
  return union?.union;
}

const isOf = (union: Union, lists: Union["lists"]): boolean =>
  union.lists.length === lists.length && union.lists.every((list, place) => list === lists[place]);

function unionOf(lists: readonly (readonly BlockId[])[]): readonly BlockId[] | undefined {
  const blocks = new Set<BlockId>();
  for (const list of lists) {
    for (const block of list) {
      blocks.add(block);
      if (blocks.size > BLOCKS_MAX) return undefined;
    }
  }
  return [...blocks].sort();
}
