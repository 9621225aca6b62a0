import { believe, intersection, type Instant, type LotId, type TimeWindow } from "../kernel/index.ts";
import { type LotWarning, partLabel } from "./atomise.ts";
import type { Lot } from "./lot.ts";
import type { Terms } from "./terms.ts";
import { termsText } from "./terms-text.ts";

/** What a right reaches of a lot: at most so many accelerators, or only the part of the service inside a window. */
export type LotCut = { readonly count: number } | { readonly window: TimeWindow };

/**
 * Cuts a lot where a right reaches only a part of it (step 4 of the algorithm); all parts get ids of their own. What the
 * right reaches is rounded up to whole blocks and outwards to whole seconds: the more burdened reading. A cut that leaves
 * nothing on one side returns the lot as it is.
 *
 * By count the first part is what the right reaches. By window the parts follow each other in time: before, inside, after.
 */
export function splitLot(lot: Lot, cut: LotCut, nextLotId: () => LotId): Lot[] {
  return "count" in cut ? splitByCount(lot, cut.count, nextLotId) : splitByWindow(lot, cut.window, nextLotId);
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
  if (inside === undefined) return [lot];
  const { from, to } = lot.window;
  const windows = [{ from, to: inside.from }, inside, { from: inside.to, to }].filter((item) => item.from < item.to);
  if (windows.length === 1) return [lot];
  return windows.map((item, index) => part(lot, index, nextLotId(), shifted(lot.terms, item), []));
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
