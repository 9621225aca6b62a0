import type { LotId, PartyId } from "../kernel/index.ts";
import type { Lot, LotAlternative } from "./lot.ts";
import type { ComputeRequest, RequestLine } from "./request.ts";
import { parseSourceClass } from "./source-class.ts";
import { termsOf } from "./terms-of.ts";
import { termsText } from "./terms-text.ts";

/** Said of a lot whose facts nobody declared: rights then read them in their holder's favour. */
export type LotWarning = "purpose_not_declared" | "purpose_split_not_declared" | "gang_split" | "indivisible_split";

const NO_WARNINGS: readonly LotWarning[] = [];
const PURPOSE_NOT_DECLARED: readonly LotWarning[] = ["purpose_not_declared"];
const SPLIT_NOT_DECLARED: readonly LotWarning[] = ["purpose_split_not_declared"];
const NO_PURPOSES: readonly string[] = [];

/** What is the same for all lots of a line. */
interface Frame {
  readonly request: ComputeRequest;
  readonly line: RequestLine;
  readonly lineIndex: number;
  readonly alternatives: readonly LotAlternative[];
  readonly newCapacity: boolean;
  readonly sources: readonly PartyId[];
}

/**
 * Cuts a checked request into lots that are alike in accelerators, regions, purpose, channel, source class and window (step 2
 * of the algorithm). A declared split of purposes makes a lot of each; an undeclared one stays one lot with a warning, and
 * rights read it as the most burdened of its purposes. Accelerators times regions are alternatives of one lot.
 *
 * @param isNew Whether a line asks for new capacity; by default all does that is not called, at its preset price, under a
 *   contract that names it.
 */
export function atomise(
  request: ComputeRequest,
  nextLotId: () => LotId,
  isNew: (line: RequestLine) => boolean = isNewByItself,
): Lot[] {
  const lots: Lot[] = [];
  for (let lineIndex = 0; lineIndex < request.lines.length; lineIndex += 1) {
    const line = request.lines[lineIndex] as RequestLine;
    const frame: Frame = {
      request,
      line,
      lineIndex,
      alternatives: alternativesOf(line),
      newCapacity: isNew(line),
      sources: line.sourceClass === undefined ? [] : parseSourceClass(line.sourceClass).parties,
    };
    addLots(frame, nextLotId, lots);
  }
  return lots;
}

function addLots(frame: Frame, nextLotId: () => LotId, lots: Lot[]): void {
  const { purposes, count } = frame.line;
  const label = String(frame.lineIndex + 1);
  if (purposes.length === 0) lots.push(formLot(frame, nextLotId(), label, count, NO_PURPOSES, PURPOSE_NOT_DECLARED));
  else if (purposes.length === 1) {
    const only = purposes[0] as RequestLine["purposes"][number];
    lots.push(formLot(frame, nextLotId(), label, count, [only.purpose], NO_WARNINGS));
  } else if (purposes[0]?.count === undefined) {
    const names = purposes.map((item) => item.purpose);
    lots.push(formLot(frame, nextLotId(), label, count, names, SPLIT_NOT_DECLARED));
  } else {
    purposes.forEach((item, index) => {
      const part = item.count ?? 0;
      lots.push(formLot(frame, nextLotId(), partLabel(label, index), part, [item.purpose], NO_WARNINGS));
    });
  }
}

function formLot(
  frame: Frame,
  id: LotId,
  label: string,
  count: number,
  purposes: readonly string[],
  warnings: readonly LotWarning[],
): Lot {
  const { request, line, sources } = frame;
  const { sale, release } = request;
  const terms = termsOf(
    release === undefined ? line : { ...line, product: release },
    sale === undefined ? { count, purposes } : { count, purposes, price: sale.price },
  );
  const lot: Lot = {
    id,
    request: request.id,
    requestVersion: request.version,
    lineIndex: frame.lineIndex,
    label,
    side: sale === undefined ? "demand" : "capacity",
    count,
    window: line.window,
    alternatives: frame.alternatives,
    purposes,
    purposeDeclared: purposes.length === 1,
    newCapacity: frame.newCapacity,
    terms,
    termsText: termsText(terms),
    warnings,
  };
  return sources.length === 0 ? lot : { ...lot, sources };
}

function alternativesOf(line: RequestLine): LotAlternative[] {
  const all: LotAlternative[] = [];
  for (const { acceleratorType, factor } of line.accelerators) {
    for (const region of line.regions) all.push({ acceleratorType, factor, region });
  }
  return all;
}

function isNewByItself(line: RequestLine): boolean {
  return line.under === undefined || line.under.negotiated;
}

/** "1" is cut into "1a", "1b", and "1a" into "1a1", "1a2"; after the 26th letter comes "aa". */
export function partLabel(label: string, index: number): string {
  const last = label.charCodeAt(label.length - 1);
  const endsInDigit = last >= 48 && last <= 57;
  return label + (endsInDigit ? letters(index) : String(index + 1));
}

function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
