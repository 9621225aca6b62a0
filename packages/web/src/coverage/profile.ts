import type { Coverage, Layer, Segment } from "./segments.ts";
import { LAYERS } from "./segments.ts";

/** A stretch of time in which nothing changes. In ms; holds `from`, does not hold `to`. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly demand: number;
  /** From the ground up; each with what lies below it. */
  readonly parts: readonly Part[];
  /** What of the demand is neither accepted nor passed through. */
  readonly missing: number;
}

export interface Part {
  readonly layer: Layer;
  readonly party?: string;
  readonly host?: string;
  readonly count: number;
  readonly below: number;
}

const rank = new Map(LAYERS.map((layer, index) => [layer, index]));

/** The coverage as steps through time: one for each stretch between two changes, none where nothing is demanded and nothing is there. */
export function profileOf({ demand, segments }: Coverage): readonly Step[] {
  const edges = new Set<number>();
  for (const { span } of [...demand, ...segments]) {
    edges.add(Date.parse(span.from));
    edges.add(Date.parse(span.to));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).flatMap((from, index) => {
    const to = sorted[index + 1] as number;
    const needed = demand.filter(({ span }) => holds(span, from)).reduce((sum, { count }) => sum + count, 0);
    const here = segments.filter(({ span }) => holds(span, from));
    if (needed === 0 && here.length === 0) return [];
    const secured = here.filter(isSecured).reduce((sum, { count }) => sum + count, 0);
    return [{ from, to, demand: needed, parts: stacked(here), missing: Math.max(0, needed - secured) }];
  });
}

const holds = ({ from, to }: Segment["span"], at: number): boolean => Date.parse(from) <= at && at < Date.parse(to);

export const isSecured = ({ layer }: { readonly layer: Layer }): boolean => layer === "accepted" || layer === "through";

/** Parts on each other: by layer, then in the order in which they came. Those of one seller and one host are one part. */
function stacked(here: readonly Segment[]): readonly Part[] {
  const parts = new Map<string, Part>();
  for (const { layer, party, host, count } of here) {
    const key = `${layer} ${party ?? ""} ${host ?? ""}`;
    const before = parts.get(key);
    if (before === undefined) {
      const named = { ...(party === undefined ? {} : { party }), ...(host === undefined ? {} : { host }) };
      parts.set(key, { layer, ...named, count, below: 0 });
    } else {
      parts.set(key, { ...before, count: before.count + count });
    }
  }
  const ordered = [...parts.values()].sort((a, b) => (rank.get(a.layer) ?? 0) - (rank.get(b.layer) ?? 0));
  let below = 0;
  return ordered.map((part) => {
    const placed = { ...part, below };
    below += part.count;
    return placed;
  });
}

/** A part that stays as it is over several steps: drawn as one. */
export interface Bar extends Part {
  readonly from: number;
  readonly to: number;
}

/** The parts of all steps, those that go on unchanged from one step to the next as one. */
export function barsOf(steps: readonly Step[]): readonly Bar[] {
  const bars: Bar[] = [];
  for (const { from, to, parts } of steps) {
    for (const part of parts) {
      const index = bars.findLastIndex((bar) => bar.to === from && isSame(bar, part));
      const before = bars[index];
      if (before === undefined) bars.push({ ...part, from, to });
      else bars[index] = { ...before, to };
    }
  }
  return bars;
}

const isSame = (a: Part, b: Part): boolean =>
  a.layer === b.layer && a.party === b.party && a.host === b.host && a.count === b.count && a.below === b.below;

/** The height that the chart must hold. */
export function topOf(steps: readonly Step[]): number {
  return Math.max(
    0,
    ...steps.map(({ demand, parts }) => Math.max(demand, ...parts.map((part) => part.below + part.count))),
  );
}
