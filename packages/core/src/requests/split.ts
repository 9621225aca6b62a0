import { believe, intersection, type Instant, type LotId, type TimeWindow } from "../kernel/index.ts";
import { type LotWarning, partLabel } from "./atomise.ts";
import type { Lot } from "./lot.ts";
import type { Terms } from "./terms.ts";
import { termsText } from "./terms-text.ts";

/** What a right reaches of a lot: at most so many accelerators, or only the part of the service inside a window; or where it is cut in time. */
export type LotCut = { readonly count: number } | { readonly window: TimeWindow } | { readonly at: readonly Instant[] };

/**
 * Cuts a lot where a right reaches only a part of it (step 4 of the algorithm); all parts get ids of their own. What the
 * right reaches is rounded up to whole blocks and outwards to whole seconds: the more burdened reading. A cut that leaves
 * nothing on one side returns the lot as it is.
 *
 * By count the first part is what the right reaches. By window, and by instants in order, the parts follow each other in time.
 */
export function splitLot(lot: Lot, cut: LotCut, nextLotId: () => LotId): Lot[] {
  if ("count" in cut) return splitByCount(lot, cut.count, nextLotId);
  return "at" in cut ? splitAt(lot, cut.at, nextLotId) : splitByWindow(lot, cut.window, nextLotId);
}

function splitByCount(lot: Lot, reached: number, nextLotId: () => LotId): Lot[] {
  const { blockSize } = lot.terms;
  const first = Math.ceil(reached / blockSize) * blockSize;
  if (!(first > 0) || first >= lot.count) return [lot];
  return [first, lot.count - first].map((count, index) => {
    const gangMin = Math.min(lot.terms.gangMin, count);
    const warnings: LotWarning[] = [];
    if (gangMin < lot.terms.gangMin) warnings.push("gang_split");
    if (!lot.terms.divisible) warnings.push("indivisible_split");
    return part(lot, index, nextLotId(), { ...lot.terms, count, gangMin }, warnings);
  });
}

function splitByWindow(lot: Lot, window: TimeWindow, nextLotId: () => LotId): Lot[] {
  const inside = intersection(lot.window, wholeSeconds(window));
  return inside === undefined ? [lot] : splitAt(lot, [inside.from, inside.to], nextLotId);
}

function splitAt(lot: Lot, instants: readonly Instant[], nextLotId: () => LotId): Lot[] {
  const { from, to } = lot.window;
  const inside = instants.map(secondAfter).filter((at, index, all) => from < at && at < to && at !== all[index - 1]);
  const edges = [from, ...inside, to];
  if (edges.length === 2) return [lot];
  return edges.slice(0, -1).map((begin, index) => {
    const window = { from: begin, to: edges[index + 1] ?? to };
    return part(lot, index, nextLotId(), shifted(lot.terms, window), []);
  });
}

/** The first whole second that is not before an instant: what ends inside a second reaches that second. */
function secondAfter(at: Instant): Instant {
  return (Math.ceil(at / 1_000) * 1_000) as Instant;
}

function wholeSeconds(window: TimeWindow): TimeWindow {
  const from = (Math.floor(window.from / 1000) * 1000) as Instant;
  const to = (Math.ceil(window.to / 1000) * 1000) as Instant;
  return { from, to };
}

/** A part that begins later may begin late by as much as the whole might have. */
function shifted(terms: Terms, window: TimeWindow): Terms {
  if (terms.latestStart === undefined) return { ...terms, window };
  const latestStart = (terms.latestStart + (window.from - terms.window.from)) as Instant;
  return { ...terms, window, latestStart };
}

function part(lot: Lot, index: number, id: LotId, terms: Terms, warnings: readonly LotWarning[]): Lot {
  believe(terms.count > 0 && terms.count <= lot.count, "a part of a lot is not larger than the lot");
  return {
    ...lot,
    id,
    label: partLabel(lot.label, index),
    count: terms.count,
    window: terms.window,
    terms,
    termsText: termsText(terms),
    warnings: warnings.length === 0 ? lot.warnings : [...lot.warnings, ...warnings],
  };
}
