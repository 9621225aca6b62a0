import type { Span } from "../clock/spans.ts";

/**
 * What stands under the demand, from the ground up: accepted or awarded and run by the seller itself; the same, run by another (passed
 * through); asked and not answered yet; open to the market; nothing so far.
 */
export const LAYERS = ["accepted", "through", "asked", "market", "open"] as const;
export type Layer = (typeof LAYERS)[number];

/** What each layer is called. */
export type LayerWords = Readonly<Record<Layer, string>>;

export const LAYER_WORD: LayerWords = {
  accepted: "accepted",
  through: "passed through",
  asked: "asked, not answered",
  market: "open to the market",
  open: "nobody asked",
};

/** So many accelerators for a time, by one seller or of one kind. */
export interface Segment {
  readonly layer: Layer;
  /** Who supplies or is asked; nobody for what is open. */
  readonly party?: string;
  /** Who runs it, where it is passed through. */
  readonly host?: string;
  readonly count: number;
  readonly span: Span;
}

export interface Demand {
  readonly count: number;
  readonly span: Span;
}

export interface Coverage {
  readonly demand: readonly Demand[];
  readonly segments: readonly Segment[];
}
