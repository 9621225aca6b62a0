import type {
  AwardId,
  BidId,
  BlockId,
  ClearanceId,
  Instant,
  LotId,
  Money,
  NoticeId,
  PartyId,
  Rate,
  RequestId,
  TimeWindow,
} from "../kernel/index.ts";
import type { StatedTerms } from "../requests/terms.ts";

export interface AwardLine {
  readonly lot: LotId;
  readonly provider: PartyId;
  readonly host?: PartyId;
  /** In the unit of the lot. */
  readonly count: number;
  /** How many of `acceleratorType` that is, where it differs: what is delivered and paid. */
  readonly offered?: number;
  readonly acceleratorType: string;
  readonly region: string;
  readonly window: TimeWindow;
  readonly price?: Rate;
  /** In the currency of the price. */
  readonly cost?: Money;
  /** In the book's reporting currency, by the recorded rate. */
  readonly costReported?: Money;
  readonly stated: StatedTerms;
  readonly blocks: readonly { readonly block: BlockId; readonly count: number }[];
  readonly basis: "acceptance" | "match" | "bid" | "proposal" | "entitlement" | "option" | "sale";
  readonly bid?: BidId;
  readonly notice?: NoticeId;
  /** The last instant at which it may be signed, where the clause of an acceptance gives a window for it (domain row D9). */
  readonly signBy?: Instant;
  /** What comes with the package of which this is the first line, and what it carries of the package's one price (rule G18). */
  readonly extras?: { readonly what: readonly string[]; readonly cost?: Money };
  readonly clearances: readonly ClearanceId[];
}

/** A line of its own, for the caller to change. Field by field: engines copy a spread of what may be absent far slower. */
export function copyOfLine<Line extends AwardLine>(from: Line): { -readonly [Field in keyof Line]: Line[Field] };
export function copyOfLine(from: AwardLine): AwardLine {
  const line: { -readonly [Field in keyof AwardLine]: AwardLine[Field] } = {
    lot: from.lot,
    provider: from.provider,
    count: from.count,
    acceleratorType: from.acceleratorType,
    region: from.region,
    window: from.window,
    stated: from.stated,
    blocks: from.blocks,
    basis: from.basis,
    clearances: from.clearances,
  };
  if (from.price !== undefined) line.price = from.price;
  if (from.cost !== undefined) line.cost = from.cost;
  if (from.bid !== undefined) line.bid = from.bid;
  if (from.host !== undefined) line.host = from.host;
  if (from.costReported !== undefined) line.costReported = from.costReported;
  if (from.notice !== undefined) line.notice = from.notice;
  if (from.signBy !== undefined) line.signBy = from.signBy;
  if (from.offered !== undefined) line.offered = from.offered;
  if (from.extras !== undefined) line.extras = from.extras;
  return line;
}

/** A part that would be awarded once the match rights, the gate and the approvals are through. */
export interface ProposedLine {
  /** Id under which holders of match rights are told of it: the bid's, or one of its own. */
  readonly offer: BidId;
  readonly line: AwardLine & { readonly price: Rate };
  /** False for an affiliate's own capacity: it may be awarded, but nobody is asked to match it (domain row M8). */
  readonly bonaFide: boolean;
  /** Whose offer it is in truth: the host where an affiliate only fronts (domain rule G21). */
  readonly thirdParty: PartyId;
  /** Smallest part that the offer stands for. */
  readonly countMin: number;
  /** First instant at which the offer no longer stands. */
  readonly validUntil?: Instant;
}

export interface Award {
  readonly id: AwardId;
  readonly request: RequestId;
  readonly lines: readonly AwardLine[];
  readonly issuedAt: Instant;
  /** Another party's window that must end first (domain row M16). */
  readonly conditionalUntil?: Instant;
}
