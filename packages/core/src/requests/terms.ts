import type { AcceleratorType, Rate, Rational, TimeWindow, Instant } from "../kernel/index.ts";

/** Terms beside price, quantity and window, by name, as exact numbers in the unit of TERM_DIRECTIONS or as text. */
export type StatedTerms = Readonly<Record<string, Rational | string>>;

/** What a notice states, frozen: all material fields of a lot (domain rule G10). */
export interface Terms {
  readonly acceleratorType: AcceleratorType;
  /** Others that would do, and how many of each replace one of `acceleratorType`; by name. */
  readonly alternatives?: readonly { readonly acceleratorType: AcceleratorType; readonly factor: Rational }[];
  readonly count: number;
  readonly blockSize: number;
  readonly gangMin: number;
  readonly divisible: boolean;
  readonly regions: readonly string[];
  readonly window: TimeWindow;
  readonly purpose?: string;
  /** In place of `purpose` where a request names several and not how they share; by name. */
  readonly purposes?: readonly string[];
  readonly channel?: string;
  readonly product?: string;
  readonly sourceClass?: string;
  /** The cap in a notice; the price offered in a bid. */
  readonly price?: Rate;
  readonly latestStart?: Instant;
  readonly stated: StatedTerms;
}
