import type { Commitment, MinimumShare } from "../commitments/index.ts";
import type { BidId, Currency, Instant, LotId, Money, PartyId, Rate, Rational, TimeWindow } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import type { Fractions } from "../scope/index.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";

/** A lot that is open to the market. */
export interface EvaluationLot {
  readonly lot: Lot;
  /** Accelerators of the lot's first alternative that are still to be filled; from 0. */
  readonly count: number;
  /** The keeper's smallest part that is of use, where it is larger than the gang. */
  readonly minimumUsable?: number;
  /** Declared cost of an hour of delay for one accelerator. */
  readonly delayCost?: Rate;
}

/** A declared cost that falls once when a provider gets any part of these lots: switching, egress. */
export interface FixedCost {
  readonly provider: PartyId;
  readonly lots: readonly LotId[];
  readonly cost: Money;
}

/** A part of the request that is settled before: it has filled commitments and counts towards caps. */
export interface SettledPart {
  readonly provider: PartyId;
  /** Accelerators, in the unit of the lots. */
  readonly count: number;
  readonly window: TimeWindow;
  /** What all of it costs in an hour. */
  readonly hourly: Rate;
  /** Whether a commitment counts it, and how much of it; all of it when the function is absent. */
  readonly counted?: (commitment: Commitment) => Fractions | undefined;
}

export interface LinePart {
  readonly bid: Bid;
  readonly line: BidLine;
  /** Accelerators offered, in the unit of the line. */
  readonly count: number;
}

/** Sealed bids, opened, and everything that decides between them. Nothing in it knows a notice or its price (row M12). */
export interface EvaluationInput {
  /** In the order of the request: the order in which parts are listed. */
  readonly lots: readonly EvaluationLot[];
  readonly bids: readonly Bid[];
  /** The currency in which bids are compared. */
  readonly currency: Currency;
  /** A bid counts when it is valid at this instant. */
  readonly at: Instant;
  /** Rate recorded for the common close, frozen by the caller (rule G27); an agreement with the bidder may fix its own. */
  readonly ratioOf?: (currency: Currency, bidder?: PartyId) => Rational | undefined;
  /** A reason of the caller's why a line may not be taken; shown as it is. */
  readonly excluded?: (bid: Bid, line: BidLine) => string | undefined;
  /** Most accelerators of a line that its blocks carry, looked at alone; called only for lines that would be taken. */
  readonly room?: (bid: Bid, line: BidLine, wanted: number) => number;
  /** Whether lines that name the same root blocks can be placed at once. Taking less of a line never spoils it. */
  readonly together?: (parts: readonly LinePart[]) => boolean;
  /** Commitments of the buyer towards bidders; a bidder's own are those whose beneficiary it is. */
  readonly commitments?: readonly Commitment[];
  /** Whether a commitment counts a line, and which part of it; all of it when the function is absent. */
  readonly counted?: (commitment: Commitment, bid: Bid, line: BidLine) => Fractions | undefined;
  readonly minimumShares?: readonly MinimumShare[];
  readonly settled?: readonly SettledPart[];
  readonly fixedCosts?: readonly FixedCost[];
  /** What is left of it; limits the cost of what is bought, not the incremental cost. */
  readonly budget?: Money;
  /** Largest share of the request's accelerators that one provider may get, settled parts included. */
  readonly concentration?: { readonly shareBp: number; readonly total: number };
  /** Most nodes of the exact search; past it the best found is returned with a bound. Default 500. */
  readonly nodesMax?: number;
  /** Also finds the best combination without the provider of the first part. Default yes. */
  readonly withRunnerUp?: boolean;
  /** Also finds which constraints, relaxed alone, would change the choice. Default yes. */
  readonly withBinding?: boolean;
}

/** Constraints of the evaluation, in the order in which they are named as the reason of a gap. */
export const CONSTRAINTS = [
  "above_cap",
  "starts_too_late",
  "below_gang_minimum",
  "block_size",
  "no_capacity",
  "concentration_cap",
  "minimum_share",
  "over_budget",
] as const;

export type Constraint = (typeof CONSTRAINTS)[number];

export interface ChosenPart {
  readonly bid: BidId;
  readonly provider: PartyId;
  readonly lot: LotId;
  /** Which line of the bid. */
  readonly line: number;
  /** Accelerators of the lot's first alternative that it fills. */
  readonly count: number;
  /** Accelerators of the type offered. */
  readonly offered: number;
  /** In the bid's own currency. */
  readonly price: Money;
  readonly cost: Money;
  /** Cost less shortfall avoided, plus declared switching, set-up and delay cost. */
  readonly incremental: Money;
}

export interface ConsideredLine {
  readonly bid: BidId;
  readonly provider: PartyId;
  readonly lot: LotId;
  readonly line: number;
  readonly verdict: "taken" | "beaten" | "infeasible";
  /** `taken`, `taken_in_part`, `beaten`, or why it could not be taken. */
  readonly why: string;
  /** Of a line that was not taken: what the most it could fill would cost by itself. */
  readonly incremental?: Money;
}

/** What a commitment would gain from the choice. Those not in force yet are scenarios and not in the value (row K7). */
export interface CommitmentEffect {
  readonly commitment: Commitment;
  readonly avoided: Money;
  readonly counted: boolean;
}

export interface EvaluationResult {
  /** By lot, then by incremental cost of an accelerator, then what is not contingent, then by receipt. */
  readonly chosen: readonly ChosenPart[];
  /** Sum of the incremental costs: the least that fills as much. */
  readonly value: Money;
  readonly runnerUp?: { readonly value: Money; readonly provider: PartyId; readonly count: number };
  readonly unfilled: readonly { readonly lot: LotId; readonly count: number; readonly why: string }[];
  readonly binding: readonly Constraint[];
  readonly considered: readonly ConsideredLine[];
  /** Bids among which only receipt order, or sharing in blocks, has decided: those to ask for an improvement (row M13). */
  readonly tied: readonly { readonly lot: LotId; readonly bids: readonly BidId[] }[];
  readonly effects: readonly CommitmentEffect[];
  /** Nodes of the exact search; 0 where bids are independent and comparing them is exact. */
  readonly nodes: number;
  /** False when the search met its limit. */
  readonly exact: boolean;
  /** When not exact: no combination that fills as much has a lower value than this. */
  readonly bound?: Money;
}
