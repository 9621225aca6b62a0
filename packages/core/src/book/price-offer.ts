import { isInForce, versionAt } from "../agreements/timeline.ts";
import { committedPrices, countedOf } from "../commitments/index.ts";
import { acceleratorSeconds, type AgreementId, divHalfAway, windowSeconds } from "../kernel/index.ts";
import {
  type CommittedPrice,
  type CostByCount,
  costByCount,
  costOfCount,
  type ListPrice,
  type PriceBook,
  type PriceFacts,
  type PriceProblem,
  type PriceRow,
  type Quote,
  type Quoted,
  quote,
  type Tier,
} from "../prices/index.ts";
import { lotFacts } from "../requests/facts.ts";
import type { LotAlternative } from "../requests/lot.ts";
import type { Offer } from "./documents.ts";
import type { LotState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** What an offer asks for a lot, by count; or why it asks nothing. */
export type OfferPrice =
  | { readonly tiers: readonly Tier[]; readonly costs?: CostByCount; readonly pricedBy: readonly string[] }
  | { readonly problems: readonly PriceProblem[] };

/** Most counts of one offer that are priced one by one, where its price depends on volume. */
const COUNTS_MAX = 20_000;

/**
 * The price of an offer that refers to an agreement, under its price book as it stands when the tender opens. `step` and `countMax` are
 * those of the bid. A price that is one rate for all of the window is a tier like any other; otherwise the cost of each count goes
 * along, and the tiers show its mean.
 */
export function priceOfOffer(
  turn: Turn,
  offer: Offer,
  lot: LotState,
  alternative: LotAlternative,
  step: number,
  countMax: number,
): OfferPrice {
  const { window } = lot.lot;
  const { books, committed, quoteOf } = pricingOf(turn, offer, lot, alternative);
  const isByVolume =
    committed.length > 0 || books.some(({ clause }) => clause.entries.some(({ price }) => price.form === "volume"));
  const last = Math.min(countMax, step * COUNTS_MAX);
  const counts = isByVolume ? Array.from({ length: last / step }, (_, index) => (index + 1) * step) : [step, 2 * step];
  const costs = costByCount(counts, quoteOf);
  if (!costs.ok) return { problems: costs.problems };
  const whole = quoteOf(isByVolume ? last : step);
  if (!whole.ok) return { problems: whole.problems };
  const pricedBy = [...new Set(whole.value.rows.map(rowName))];
  const rate = isByVolume ? undefined : onlyRate(whole.value);
  if (rate !== undefined) return { tiers: [{ from: step, rate }], pricedBy };
  return { tiers: meanTiers(costs.value, windowSeconds(window)), costs: costs.value, pricedBy };
}

/** What is priced by an agreement, as far as the price asks. */
export type PricedSupply = Pick<Offer, "provider" | "host" | "region" | "acceleratorType" | "priceBy">;

/** The price of a supply by its agreement, for any count of a lot. */
export function priceOfSupply(
  turn: Turn,
  supply: PricedSupply,
  lot: LotState,
  alternative: LotAlternative,
  count: number,
): Quoted {
  return pricingOf(turn, supply, lot, alternative).quoteOf(count);
}

/** By what an agreement prices a supply. */
interface Pricing {
  readonly books: readonly PriceBook[];
  /** Prices that its commitments fix for what is still missing of them: used up first. */
  readonly committed: readonly CommittedPrice[];
  readonly quoteOf: (count: number) => Quoted;
}

function pricingOf(turn: Turn, supply: PricedSupply, lot: LotState, alternative: LotAlternative): Pricing {
  const { provider, host = provider, region, acceleratorType, priceBy } = supply;
  const { state, at } = turn;
  const prices = priceFacts(state);
  const { window } = lot.lot;
  const extra = { ServiceProviderName: provider, HostProviderName: host, RegionId: region };
  const facts = lotFacts(lot.lot, alternative, extra);
  const agreement = priceBy === undefined ? undefined : state.agreements.get(priceBy);
  const version = agreement === undefined || !isInForce(agreement) ? undefined : versionAt(agreement, at);
  const clauses = agreement === undefined || version === undefined ? [] : version.clauses;
  const named = { agreement: agreement?.id as AgreementId };
  const books = clauses.flatMap((clause) =>
    clause.kind === "price-book" && clause.seller === provider ? [{ ...named, clause }] : [],
  );
  const committed = committedPrices(
    clauses.flatMap((clause) =>
      clause.kind === "commitment" && countedOf({ ...named, clause }, { provider, facts }) !== undefined
        ? [{ ...named, clause }]
        : [],
    ),
  );
  const query = { acceleratorType, region, at, facts, window, ...(committed.length === 0 ? {} : { committed }) };
  return { books, committed, quoteOf: (count) => quote({ ...query, count }, books, prices) };
}

/** The offers of the book with prices of their own are the lists as of their dates. */
function priceFacts(state: BookState): PriceFacts {
  const lists: ListPrice[] = [];
  for (const { provider, acceleratorType, region, tiers, asOf, terms, source } of state.offers.sortedValues()) {
    const [first] = tiers;
    if (first === undefined) continue;
    const dated = asOf === undefined ? {} : { asOf };
    const kind = terms ?? "on_demand";
    lists.push({ provider, acceleratorType, regions: [region], kind, rate: first.rate, ...dated, source });
  }
  return { lists, indexValues: [...state.indexValues.sortedValues()].flat() };
}

function onlyRate({ rows }: Quote): Tier["rate"] | undefined {
  const [first] = rows;
  return rows.every(({ rate }) => rate.microsPerHour === first?.rate.microsPerHour) ? first?.rate : undefined;
}

/** The mean price of an accelerator-hour where a part of the cost begins, half away from zero. */
function meanTiers(costs: CostByCount, seconds: number): Tier[] {
  return (costs.windows[0]?.parts ?? []).map(({ from }) => {
    const held = acceleratorSeconds(from, seconds);
    const micros = divHalfAway(costOfCount(costs, from) ?? 0n, held);
    return { from, rate: { microsPerHour: micros, currency: costs.currency } };
  });
}

/** What a row rests on, in short: the entry, then its list or index value. */
function rowName({ reason }: PriceRow): string {
  const { agreement, clause, entry, basis } = reason;
  const name = entry === undefined ? `${agreement}/${clause}` : `${agreement}/${clause}/${entry}`;
  if (basis.form === "list") return `${name} by ${basis.list.source}`;
  if (basis.form !== "index") return name;
  const { index, date } = basis.observed;
  return `${name} by ${index} of ${date}${basis.assumed ? ", assumed to stay" : ""}`;
}
