import { isRight } from "../agreements/clause.ts";
import { isInForce } from "../agreements/timeline.ts";
import type { Instant, LotId } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { splitLot } from "../requests/split.ts";
import { agreementsOf } from "./attach.ts";
import type { Turn } from "./turn.ts";

/**
 * Step 4: a right that attaches by service window and covers a part of it cuts the lot there; a right with a cap on its count
 * cuts off what it does not reach. Elsewhere a lot stays whole.
 */
export function splitLots(turn: Turn, request: ComputeRequest, lots: readonly Lot[]): readonly Lot[] {
  if (request.sale !== undefined) return lots;
  const cuts = cutsOf(turn);
  if (cuts.instants.length === 0 && cuts.caps.length === 0) return lots;
  return lots.flatMap((lot) => byWindow(turn, lot, cuts.instants)).flatMap((lot) => byCap(turn, lot, cuts.caps));
}

interface Cuts {
  readonly instants: readonly Instant[];
  readonly caps: readonly number[];
}

/** By list of agreements: another list is made whenever one of them changes. */
const known = new WeakMap<ReturnType<typeof agreementsOf>, Cuts>();

function cutsOf(turn: Turn): Cuts {
  const agreements = agreementsOf(turn.state);
  let cuts = known.get(agreements);
  if (cuts === undefined) {
    cuts = findCuts(agreements);
    known.set(agreements, cuts);
  }
  return cuts;
}

function findCuts(agreements: ReturnType<typeof agreementsOf>): Cuts {
  const instants = new Set<Instant>();
  const caps = new Set<number>();
  for (const agreement of agreements) {
    if (!isInForce(agreement)) continue;
    for (const version of agreement.versions) {
      for (const clause of version.clauses) {
        if (!isRight(clause)) continue;
        if (clause.capCount !== undefined) caps.add(clause.capCount);
        if (clause.attachBy !== "service-window") continue;
        instants.add(version.effectiveFrom);
        if (version.effectiveTo !== undefined) instants.add(version.effectiveTo);
      }
    }
  }
  return { instants: [...instants].sort((a, b) => a - b), caps: [...caps].sort((a, b) => a - b) };
}

function byWindow(turn: Turn, lot: Lot, instants: readonly Instant[]): readonly Lot[] {
  let parts: readonly Lot[] = [lot];
  for (const at of instants) {
    parts = parts.flatMap((part) =>
      part.window.from < at && at < part.window.to ? splitLot(part, { window: { from: part.window.from, to: at } }, nextId(turn)) : [part],
    );
  }
  return parts;
}

function byCap(turn: Turn, lot: Lot, caps: readonly number[]): readonly Lot[] {
  const cap = caps.find((item) => item < lot.count);
  return cap === undefined ? [lot] : splitLot(lot, { count: cap }, nextId(turn));
}

function nextId(turn: Turn): () => LotId {
  return () => turn.ids.next<"LotId">("lot") as LotId;
}
