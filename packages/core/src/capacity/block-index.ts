import type { AcceleratorType, PartyId } from "../kernel/index.ts";
import { compareText } from "../kernel/index.ts";
import type { HeldBlock } from "./held-block.ts";

/** What to look for; without a provider, everybody's. */
export interface BlockQuery {
  readonly acceleratorType: AcceleratorType;
  readonly region: string;
  readonly provider?: PartyId;
}

interface Shelf {
  readonly all: HeldBlock[];
  readonly byProvider: Map<PartyId, HeldBlock[]>;
}

const NONE: readonly HeldBlock[] = [];

/** Blocks by accelerator, region and provider, each list in the order of ids (code units), whatever order they came in. */
export class BlockIndex {
  private readonly shelves = new Map<AcceleratorType, Map<string, Shelf>>();

  /** The blocks themselves, not a copy: read it before the next change. */
  find(query: BlockQuery): readonly HeldBlock[] {
    const shelf = this.shelves.get(query.acceleratorType)?.get(query.region);
    if (shelf === undefined) return NONE;
    return query.provider === undefined ? shelf.all : (shelf.byProvider.get(query.provider) ?? NONE);
  }

  /** Regions that hold any block of this accelerator, in order. */
  regionsOf(acceleratorType: AcceleratorType): readonly string[] {
    const regions = this.shelves.get(acceleratorType);
    if (regions === undefined) return [];
    return [...regions]
      .filter(([, shelf]) => shelf.all.length > 0)
      .map(([region]) => region)
      .sort();
  }

  add(held: HeldBlock): void {
    const { acceleratorType, region, provider } = held.block;
    const regions = entryOf(this.shelves, acceleratorType, () => new Map<string, Shelf>());
    const shelf = entryOf(regions, region, (): Shelf => ({ all: [], byProvider: new Map() }));
    const own = entryOf(shelf.byProvider, provider, (): HeldBlock[] => []);
    for (const list of [shelf.all, own]) list.splice(placeOf(list, held.block.id), 0, held);
  }

  remove(held: HeldBlock): void {
    const { acceleratorType, region, provider } = held.block;
    const shelf = this.shelves.get(acceleratorType)?.get(region);
    for (const list of [shelf?.all, shelf?.byProvider.get(provider)]) {
      const place = list === undefined ? -1 : placeOf(list, held.block.id);
      if (list?.[place] === held) list.splice(place, 1);
    }
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** The first place whose id is not before this one. */
function placeOf(list: readonly HeldBlock[], id: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareText((list[middle] as HeldBlock).block.id, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
