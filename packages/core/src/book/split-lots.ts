import { isRight, type RightClause } from "../agreements/clause.ts";
import { type AgreementState, isInForce, termEnd, versionAt } from "../agreements/timeline.ts";
import { monthsIn, type ZoneId } from "../calendar/index.ts";
import { DAY_MS, type Instant, type LotId, type TimeWindow } from "../kernel/index.ts";
import { lotFacts } from "../requests/facts.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { splitLot } from "../requests/split.ts";
import { reachesAny } from "../rights/assess.ts";
import { listsOf } from "./lists.ts";
import type { Turn } from "./turn.ts";

/**
 * Step 4: a right that attaches by service window and covers a part of it cuts the lot there; a right with a cap on its count cuts
 * off what it does not reach; one that may be taken month by month cuts the lot where months begin. Lots that no such right reaches stay
 * whole.
 */
export function splitLots(turn: Turn, request: ComputeRequest, lots: readonly Lot[]): readonly Lot[] {
  const { caps, serviceWindows, byMonth } = listsOf(turn.state);
  if (request.sale !== undefined || (!caps && !serviceWindows && !byMonth)) return lots;
  const capped = caps ? byCaps(turn, lots) : lots;
  if (!serviceWindows && !byMonth) return capped;
  const [first, another] = capped;
  if (first !== undefined && another === undefined) return byWindows(turn, first);
  return capped.flatMap((lot) => byWindows(turn, lot));
}

interface InForce {
  readonly clause: RightClause;
  readonly edges: readonly Instant[];
  readonly zone: ZoneId;
  /** Whether its version is the one that a request of now would be asked by. */
  readonly isNow: (at: Instant) => boolean;
}

/** By list of agreements: another list is made whenever one of them changes. */
const overDemand = new WeakMap<readonly AgreementState[], readonly InForce[]>();

/** Rights over demand, each with the instants at which it begins and ends. */
function rightsOverDemand(turn: Turn): readonly InForce[] {
  const { agreements } = listsOf(turn.state);
  let found = overDemand.get(agreements);
  if (found === undefined) {
    found = findRightsOverDemand(agreements);
    overDemand.set(agreements, found);
  }
  return found;
}

function findRightsOverDemand(agreements: readonly AgreementState[]): InForce[] {
  return agreements.filter(isInForce).flatMap((agreement) => {
    const ends = agreement.endings.map((ending) => ending.at);
    return agreement.versions.flatMap((version) => {
      const end = termEnd(agreement, version);
      const edges = [version.effectiveFrom, ...(end === undefined ? [] : [end]), ...ends];
      return version.clauses
        .filter(isRight)
        .filter((clause) => clause.burdens === "demand")
        .map((clause) => ({
          clause,
          edges,
          zone: version.zone,
          isNow: (at: Instant) => versionAt(agreement, at) === version,
        }));
    });
  });
}

function reaches(clause: RightClause, lot: Lot): boolean {
  return reachesAny(
    clause,
    lot.alternatives.map((alternative) => lotFacts(lot, alternative)),
    lot.sources,
  );
}

/** Cuts lot after lot where a right's count is used up: it reaches so many accelerators of the whole request. */
function byCaps(turn: Turn, lots: readonly Lot[]): readonly Lot[] {
  let parts = lots;
  for (const { clause } of rightsOverDemand(turn)) {
    let left = clause.capCount;
    if (left === undefined) continue;
    parts = parts.flatMap((lot) => {
      if (left === undefined || left <= 0 || !reaches(clause, lot)) return [lot];
      const cut = left < lot.count ? splitLot(lot, { count: left }, nextId(turn)) : [lot];
      left -= cut[0]?.count ?? 0;
      return cut;
    });
  }
  return parts;
}

function byWindows(turn: Turn, lot: Lot): readonly Lot[] {
  const instants = new Set<Instant>();
  for (const { clause, edges, zone, isNow } of rightsOverDemand(turn)) {
    const isByWindow = clause.attachBy === "service-window";
    const isByMonth =
      clause.partial.mode === "multiple" && clause.partial.byMonth === true && (isByWindow || isNow(turn.at));
    if ((!isByWindow && !isByMonth) || !reaches(clause, lot)) continue;
    if (isByWindow) for (const edge of edges) instants.add(edge);
    if (isByMonth) for (const edge of monthEdges(zone, lot.window)) instants.add(edge);
  }
  return splitLot(lot, { at: [...instants].sort((a, b) => a - b) }, nextId(turn));
}

/**
 * Where months of the zone begin inside a window. What is shorter than a day is no part of its own: a window that somebody wrote in another
 * zone would begin with some hours of the month before.
 */
function monthEdges(zone: ZoneId, window: TimeWindow): Instant[] {
  return monthsIn(zone, window)
    .map((month) => month.from)
    .filter((at) => at - window.from >= DAY_MS && window.to - at >= DAY_MS);
}

function nextId(turn: Turn): () => LotId {
  return () => turn.ids.next<"LotId">("lot");
}
