import type { Coverage, Segment } from "../../coverage/segments.ts";
import { type CapacityTold, monthsOf } from "../../position/grid.ts";
import type { Span } from "../../clock/spans.ts";

/** One's own machines of a kind during a stretch in which nothing changes. In ms; holds `from`, does not hold `to`. */
export interface OwnStep {
  readonly from: number;
  readonly to: number;
  readonly total: number;
  /** Below 0 where more is promised than there is. */
  readonly free: number;
}

interface Wanted {
  readonly acceleratorType: string;
  readonly regions: readonly string[];
}

/** "us-*" is any region that begins so; no region at all is any. */
const isIn = (region: string, regions: readonly string[]): boolean =>
  regions.length === 0 ||
  regions.some((one) => (one.endsWith("*") ? region.startsWith(one.slice(0, -1)) : one === region));

/** What of one's own would do for what is asked, over time, all blocks together; what is only forecast is not counted. */
export function ownSteps({ blocks }: Pick<CapacityTold, "blocks">, wanted: Wanted): readonly OwnStep[] {
  const own = blocks.filter(
    ({ accelerator, region, firmness }) =>
      accelerator === wanted.acceleratorType && firmness === "firm" && isIn(region, wanted.regions),
  );
  const edges = new Set(
    own.flatMap(({ calendar }) => calendar.flatMap(({ from, to }) => [Date.parse(from), Date.parse(to)])),
  );
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, index) => {
    const here = own.flatMap(({ quantity, calendar }) =>
      calendar
        .filter((stretch) => Date.parse(stretch.from) <= from && from < Date.parse(stretch.to))
        .map(({ free }) => ({ quantity, free })),
    );
    return {
      from,
      to: sorted[index + 1] ?? from,
      total: here.reduce((sum, { quantity }) => sum + quantity, 0),
      free: here.reduce((sum, { free }) => sum + free, 0),
    };
  });
}

export interface OwnAnswer {
  readonly span: Span;
  /** On one's own machines, by the answer that is being filled in. */
  readonly own: number;
  /** Held for this notice already, by an answer that was given. */
  readonly before: number;
}

/** The same stretches, cut where the answer begins and ends. */
function cut(steps: readonly OwnStep[], { from, to }: Span): readonly (OwnStep & { readonly isIn: boolean })[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return steps.flatMap((step) => {
    const inside = [start, end].filter((at) => step.from < at && at < step.to);
    const edges = [step.from, ...inside, step.to];
    return edges.slice(0, -1).map((at, index) => ({
      ...step,
      from: at,
      to: edges[index + 1] ?? step.to,
      isIn: start <= at && at < end,
    }));
  });
}

export interface Lowest {
  readonly count: number;
  /** In ms: when it is that low for the first time. */
  readonly at: number;
}

/** The least that is left free at any time of the answer once it is given; nothing where one has nothing on record then. */
export function lowestAfter(steps: readonly OwnStep[], { span, own, before }: OwnAnswer): Lowest | undefined {
  const within = cut(steps, span).filter((step) => step.isIn);
  return within.reduce<Lowest | undefined>((lowest, { from, free }) => {
    const count = free + before - own;
    return lowest === undefined || count < lowest.count ? { count, at: from } : lowest;
  }, undefined);
}

/** Drawn as coverage: what is promised elsewhere, this answer on top of it, what stays free, under the line of what there is. */
export function ownCoverage(steps: readonly OwnStep[], { span, own, before }: OwnAnswer): Coverage {
  const stretches = cut(steps, span).map((step) => ({
    ...step,
    span: { from: new Date(step.from).toISOString(), to: new Date(step.to).toISOString() },
  }));
  return {
    demand: stretches.map(({ total, span: where }) => ({ count: total, span: where })),
    segments: stretches.flatMap(({ total, free, isIn: isInside, span: where }): Segment[] => {
      const sold = total - free - (isInside ? before : 0);
      const now = isInside ? own : 0;
      const left = total - sold - now;
      return [
        ...(sold > 0 ? [{ layer: "accepted" as const, count: sold, span: where }] : []),
        ...(now > 0 ? [{ layer: "asked" as const, count: now, span: where }] : []),
        ...(left > 0 ? [{ layer: "open" as const, count: left, span: where }] : []),
      ];
    }),
  };
}

export interface OwnMonth {
  /** "2026-05" */
  readonly key: string;
  /** The least that is free at any time of the month before the answer, and after it. */
  readonly free: number;
  readonly left: number;
}

/** The months that are asked for, with what is free in each, before and after. */
export function ownMonths(steps: readonly OwnStep[], answer: OwnAnswer, zone: string): readonly OwnMonth[] {
  const { span, own, before } = answer;
  const stretches = cut(steps, span).filter((step) => step.isIn);
  return monthsOf(span.from, span.to, zone).map(({ key, from, to }) => {
    const within = stretches.filter((step) => step.from < to && step.to > from);
    const free = Math.min(...within.map((step) => step.free + before));
    return within.length === 0 ? { key, free: 0, left: -own } : { key, free, left: free - own };
  });
}
