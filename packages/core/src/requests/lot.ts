import type { AcceleratorType, LotId, PartyId, Rational, RequestId, TimeWindow } from "../kernel/index.ts";
import type { Terms } from "./terms.ts";

/** One way to fill a lot. A right may burden some alternatives of a lot and leave others free (domain rule G14). */
export interface LotAlternative {
  readonly acceleratorType: AcceleratorType;
  readonly factor: Rational;
  readonly region: string;
}

/** Homogeneous slice of a request: what is noticed, invited and awarded. */
export interface Lot {
  readonly id: LotId;
  readonly request: RequestId;
  readonly requestVersion: number;
  readonly lineIndex: number;
  /** What a reader calls it: "1", "1a". */
  readonly label: string;
  readonly side: "demand" | "capacity";
  readonly count: number;
  readonly window: TimeWindow;
  readonly alternatives: readonly LotAlternative[];
  /** Purposes that this lot may serve; more than one means the split was not declared. */
  readonly purposes: readonly string[];
  readonly purposeDeclared: boolean;
  readonly newCapacity: boolean;
  readonly terms: Terms;
  /** Canonical text of the terms: the same text means nothing material changed. */
  readonly termsText: string;
  /** Own-build parties that would supply it, where the request's source class names them. */
  readonly sources?: readonly PartyId[];
  readonly warnings: readonly string[];
}
