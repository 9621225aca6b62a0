import { believe, type BlockId, compareText, overlaps, type PartyId, type TimeWindow } from "../kernel/index.ts";
import type { CapacityBlock, Firmness } from "./block.ts";
import type { CapacityLedger } from "./capacity-ledger.ts";
import { freeOf, type HeldBlock, quantityOf } from "./held-block.ts";

/** That a party lists these machines, or some of them, as its own to sell. */
export interface SupplyClaim {
  readonly blockId: BlockId;
  readonly provider: PartyId;
  readonly quantity: number;
  readonly firmness: Firmness;
}

/** What one root has throughout a window, counted once, and who lists it. */
export interface RootSupply {
  readonly rootId: BlockId;
  readonly acceleratorType: CapacityBlock["acceleratorType"];
  readonly region: string;
  readonly quantity: number;
  /** Part of `quantity` that nothing is held on; 0 where more is held than there is. */
  readonly free: number;
  readonly firmness: Firmness;
  /** In the order of block ids. Their sum may exceed `quantity`: they are claims to the same machines. */
  readonly claims: readonly SupplyClaim[];
}

export interface Supply {
  readonly roots: readonly RootSupply[];
  readonly firm: number;
  readonly forecast: number;
}

/**
 * What the listed blocks supply at every instant of the window. Blocks that lead to one root are counted once: a block whose
 * parent (at any distance) is listed too adds nothing, and the others together are at most what the root has. A quantity is
 * the least over the window, so a block that begins inside it counts 0; it is still shown as a claim. A supply is as firm as
 * the least firm of what is counted in it.
 */
export function supplyAt(
  ledger: CapacityLedger,
  window: TimeWindow,
  blocks: readonly HeldBlock[] = ledger.blocks(),
): Supply {
  const groups = new Map<BlockId, HeldBlock[]>();
  for (const held of new Set(blocks)) {
    if (!overlaps(held.block.window, window)) continue;
    const group = groups.get(held.block.rootId);
    if (group === undefined) groups.set(held.block.rootId, [held]);
    else group.push(held);
  }
  const roots = [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([rootId, group]) => rootSupply(rootIn(ledger, rootId), group, window));
  const sum = (firmness: Firmness): number =>
    roots.reduce((total, each) => total + (each.firmness === firmness ? each.quantity : 0), 0);
  return { roots, firm: sum("firm"), forecast: sum("forecast") };
}

function rootIn(ledger: CapacityLedger, rootId: BlockId): HeldBlock {
  const root = ledger.get(rootId);
  believe(root !== undefined, "the root of a block is in the ledger");
  return root;
}

function rootSupply(root: HeldBlock, group: readonly HeldBlock[], window: TimeWindow): RootSupply {
  const ordered = [...group].sort((a, b) => compareText(a.block.id, b.block.id));
  const calendars = new Set(group.map((held) => held.calendars[0]));
  const counted = ordered.filter((held) => !held.calendars.slice(1).some((calendar) => calendars.has(calendar)));
  const atMost = (limit: number, each: (held: HeldBlock) => number): number =>
    Math.max(
      0,
      Math.min(
        limit,
        counted.reduce((total, held) => total + Math.max(0, each(held)), 0),
      ),
    );
  return {
    rootId: root.block.id,
    acceleratorType: root.block.acceleratorType,
    region: root.block.region,
    quantity: atMost(quantityOf(root, window), (held) => quantityOf(held, window)),
    free: atMost(freeOf(root, window), (held) => freeOf(held, window)),
    firmness: [root, ...counted].every((held) => held.block.firmness === "firm") ? "firm" : "forecast",
    claims: ordered.map((held) => ({
      blockId: held.block.id,
      provider: held.block.provider,
      quantity: quantityOf(held, window),
      firmness: held.block.firmness,
    })),
  };
}
