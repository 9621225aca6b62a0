import type { Schemas } from "@offtake/client";
import { coverageOf } from "../coverage/of-request.ts";
import { profileOf } from "../coverage/profile.ts";
import type { Coverage, Demand, Segment } from "../coverage/segments.ts";
import type { Month } from "./grid.ts";

type RequestTold = Schemas["Request"];
type NoticeTold = Schemas["Notice"];
type AwardTold = Schemas["Award"];

/** How a month stands at the time of it at which most is missing: what is asked for, what of it is secured, what is not. */
export interface PositionCell {
  readonly demand: number;
  readonly secured: number;
  readonly gap: number;
}

export interface PositionRow {
  readonly accelerator: string;
  /** As it was asked for: a region, or a pattern of them. */
  readonly region: string;
  readonly cells: readonly PositionCell[];
  /** The requests that it is made of. */
  readonly requests: readonly string[];
}

export interface Position {
  readonly rows: readonly PositionRow[];
  /** The largest gap in it: what the ground of a cell is measured by. */
  readonly top: number;
}

interface Part {
  readonly request: string;
  readonly accelerator: string;
  readonly region: string;
  readonly coverage: Coverage;
}

/**
 * What is asked for and what of it is secured, by accelerator and region, month by month: from the requests that one was told of, as their
 * own pages show them. Of a request that is closed only what it got counts: the rest is not sought any more.
 */
export function positionOf(
  requests: readonly RequestTold[],
  notices: readonly NoticeTold[],
  awards: readonly AwardTold[],
  months: readonly Month[],
): Position {
  const noticesOf = groupedBy(notices, ({ view }) => (view.as === "keeper" ? view.notice.request : undefined));
  const awardsOf = groupedBy(awards, ({ view }) => (view.as === "keeper" ? view.award.request : undefined));
  const parts = requests.flatMap((request) =>
    partsOf(request, noticesOf.get(request.id) ?? [], awardsOf.get(request.id) ?? []),
  );
  const kinds = groupedBy(parts, ({ accelerator, region }) => `${accelerator} ${region}`);
  const rows = [...kinds.values()].flatMap((of): PositionRow[] => {
    const [first] = of;
    if (first === undefined) return [];
    const { accelerator, region } = first;
    const steps = profileOf({
      demand: of.flatMap(({ coverage }) => coverage.demand),
      segments: of.flatMap(({ coverage }) => coverage.segments),
    });
    const cells = months.map((month) => worstIn(steps, month));
    if (cells.every(({ demand }) => demand === 0)) return [];
    return [{ accelerator, region, cells, requests: [...new Set(of.map(({ request }) => request))] }];
  });
  rows.sort((a, b) => compared(a.accelerator, b.accelerator) || compared(a.region, b.region));
  return { rows, top: Math.max(0, ...rows.flatMap(({ cells }) => cells.map(({ gap }) => gap))) };
}

/** Each lot by itself: it has its own accelerator and region. */
function partsOf(request: RequestTold, notices: readonly NoticeTold[], awards: readonly AwardTold[]): readonly Part[] {
  if (request.status === "withdrawn") return [];
  return request.view.lots.flatMap((lot): Part[] => {
    const line = request.view.request.lines[lot.lot.lineIndex];
    if (lot.lot.side !== "demand" || line === undefined) return [];
    const alone = { ...request, view: { ...request.view, lots: [lot] } };
    const coverage = coverageOf(alone, notices, awards);
    return [
      {
        request: request.id,
        accelerator: line.accelerators[0]?.acceleratorType ?? "",
        region: line.regions.join(", "),
        coverage: request.view.closed ? onlySecured(coverage) : coverage,
      },
    ];
  });
}

function onlySecured({ segments }: Coverage): Coverage {
  const secured = segments.filter(({ layer }) => layer === "accepted" || layer === "through");
  const demand = secured.map(({ count, span }: Segment): Demand => ({ count, span }));
  return { demand, segments: secured };
}

/** The time of a month at which most is missing; where nothing is, the one at which most is asked for. */
function worstIn(steps: ReturnType<typeof profileOf>, month: Month): PositionCell {
  let worst: PositionCell = { demand: 0, secured: 0, gap: 0 };
  for (const { from, to, demand, missing: gap } of steps) {
    if (to <= month.from || from >= month.to) continue;
    if (gap > worst.gap || (gap === worst.gap && demand > worst.demand)) worst = { demand, secured: demand - gap, gap };
  }
  return worst;
}

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
