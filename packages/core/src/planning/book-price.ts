import type { AgreementState } from "../agreements/timeline.ts";
import { versionAt } from "../agreements/timeline.ts";
import type { IndexValue, Offer } from "../book/documents.ts";
import { committedPrices, usesOfRows } from "../commitments/index.ts";
import type { Instant, PartyId, Rate } from "../kernel/index.ts";
import { divHalfAway } from "../kernel/index.ts";
import {
  type CommittedPrice,
  type ListPrice,
  type PriceBook,
  type PriceFacts,
  type PriceRow,
  quote,
  type Quoted,
} from "../prices/index.ts";
import type { Lot } from "../requests/lot.ts";
import { factsOf, type PlannedUse } from "./costs.ts";

/** Where what price books refer to stands, where nobody gave any. */
export const NO_FACTS: PriceFacts = { lists: [], indexValues: [] };

/** What price books refer to: the offers of a book, as the lists that they are, and the index values on record. */
export function priceFactsOf(offers: Iterable<Offer>, indexValues: readonly IndexValue[]): PriceFacts {
  const lists: ListPrice[] = [];
  for (const { provider, acceleratorType, region, tiers, source, asOf } of offers) {
    const rate = tiers[0]?.rate;
    if (rate === undefined) continue;
    const dated = asOf === undefined ? {} : { asOf };
    lists.push({ provider, acceleratorType, regions: [region], kind: "on_demand", rate, ...dated, source });
  }
  return { lists, indexValues };
}

/** Who sells what where, for the price books of an agreement. */
export interface BookQuery {
  readonly lot: Lot;
  readonly provider: PartyId;
  readonly acceleratorType: Lot["alternatives"][number]["acceleratorType"];
  readonly region: string;
  readonly at: Instant;
  /** What commitments fix a price for, used up first (rule G26). */
  readonly committed?: readonly CommittedPrice[];
}

/** The price books of an agreement by which a provider sells. */
export function priceBooksOf(agreement: AgreementState, provider: PartyId, at: Instant): PriceBook[] {
  const clauses = versionAt(agreement, at)?.clauses ?? [];
  return clauses.flatMap((clause) =>
    clause.kind === "price-book" && clause.seller === provider ? [{ agreement: agreement.id, clause }] : [],
  );
}

/** The prices that commitments of an agreement towards its provider fix, with what is left of each. */
export function committedIn(agreement: AgreementState, provider: PartyId, at: Instant): readonly CommittedPrice[] {
  const clauses = versionAt(agreement, at)?.clauses ?? [];
  return committedPrices(
    clauses.flatMap((clause) =>
      clause.kind === "commitment" && clause.beneficiary === provider ? [{ agreement: agreement.id, clause }] : [],
    ),
  );
}

/** What so many would cost by price books, row by row. */
export function quotedAt(
  books: readonly PriceBook[],
  facts: PriceFacts,
  { lot, provider, acceleratorType, region, at, committed }: BookQuery,
  count: number,
): Quoted {
  const more = committed === undefined ? {} : { committed };
  return quote(
    {
      acceleratorType,
      region,
      at,
      count,
      window: lot.window,
      facts: factsOf(lot, { provider, region, acceleratorType }),
      ...more,
    },
    books,
    facts,
  );
}

/** The rows of a price as uses: each stretch of time at what it costs. */
export function usesOfPrice(
  rows: readonly PriceRow[],
  { lot, provider, region, acceleratorType }: BookQuery,
): PlannedUse[] {
  const uses = usesOfRows(rows, provider, factsOf(lot, { provider, region, acceleratorType }));
  return uses.map((use) => ({ ...use, lineIndex: lot.lineIndex }));
}

/** By accelerator-hour over all of it, half away from zero to the micro-unit. */
export function meanRate(quoted: Quoted): Rate | undefined {
  if (!quoted.ok) return undefined;
  const { mean, cost } = quoted.value;
  return { microsPerHour: divHalfAway(mean.num, mean.den), currency: cost.currency };
}
