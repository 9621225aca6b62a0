import { isRight } from "../agreements/clause.ts";
import type { AgreementState } from "../agreements/timeline.ts";
import { isInForce, standsFor, versionAt } from "../agreements/timeline.ts";
import { countedBy } from "../book/commitments.ts";
import type { Offer } from "../book/documents.ts";
import { drawnCount } from "../book/drawn.ts";
import { agreementsOf } from "../book/lists.ts";
import { regionFits } from "../book/list-bids.ts";
import { freeOn } from "../book/placement.ts";
import type { BookState } from "../book/state.ts";
import { isCounted } from "../commitments/index.ts";
import type {
  AcceleratorType,
  AgreementId,
  BlockId,
  ClauseId,
  Instant,
  OfferId,
  PartyId,
  TimeWindow,
} from "../kernel/index.ts";
import {
  type CommittedPrice,
  type PriceBook,
  type PriceFacts,
  priceOf,
  type PriceProblem,
  type PriceRow,
  type Quoted,
  type Tier,
} from "../prices/index.ts";
import type { LotAlternative, Lot } from "../requests/lot.ts";
import type { ComputeRequest, RequestLine } from "../requests/request.ts";
import { committedIn, meanRate, NO_FACTS, priceBooksOf, quotedAt } from "./book-price.ts";

/**
 * One place to buy from, with what it asks. `entitlement`: capacity already contracted, called at its price. `agreement`: from
 * somebody whom an agreement binds. `market`: from anybody's price list.
 */
export interface Quote {
  readonly id: string;
  readonly kind: "entitlement" | "agreement" | "market";
  readonly lineIndex: number;
  readonly provider: PartyId;
  readonly host?: PartyId;
  /** Under which agreement and, for a price that a clause sets, which clause. */
  readonly agreement?: AgreementId;
  readonly clause?: ClauseId;
  readonly acceleratorType: AcceleratorType;
  readonly region: string;
  /** What anybody is asked. */
  readonly list?: readonly Tier[];
  /** What the buyer pays; empty where no price is on record. By a price book, the mean for the wanted count. */
  readonly own: readonly Tier[];
  /** What so many would cost by the price book of the agreement, row by row; absent where another price holds. */
  readonly rowsAt?: (count: number) => readonly PriceRow[] | undefined;
  /** How the price book makes the price, and what it refers to and is not on record. */
  readonly rows?: readonly PriceRow[];
  readonly problems?: readonly PriceProblem[];
  readonly blockSize: number;
  readonly blocks: readonly BlockId[];
  /** How many of it can be had for this line. */
  readonly count: number;
  /** Where the price stands. */
  readonly source?: string;
  /** The offer of the book, where it bids by itself; otherwise its bid is supposed. */
  readonly standing?: OfferId;
  /** Other offers of the same provider for the same accelerator, which are dearer. */
  readonly dearer: number;
}

/** Everything that a request could be bought from, by line: cheapest first of each provider, host and accelerator. */
export function quotesOf(
  state: BookState,
  request: ComputeRequest,
  at: Instant,
  lots: readonly Lot[],
  prices: PriceFacts = NO_FACTS,
): Quote[] {
  if (request.sale !== undefined) return [];
  const binding = bindingAgreements(state, request, at);
  return request.lines.flatMap((line, lineIndex) => {
    const lot = lots.find((item) => item.lineIndex === lineIndex);
    if (lot === undefined || line.under !== undefined) return [];
    const frame: Frame = { state, request, line, lineIndex, lot, at, binding, prices };
    const offered = offeredQuotes(frame);
    const booked = bookedQuotes(frame, offered);
    const byBook = new Set(booked.map(soldBy));
    const others = offered.filter((quote) => !byBook.has(soldBy(quote)));
    const priced = [...booked, ...others];
    return [...entitlements(frame), ...committedQuotes(frame), ...priced, ...unpriced(frame, priced)];
  });
}

/** What an agreement prices its provider's list does not price once more; of what it leaves out the list is the word. */
const soldBy = ({ provider, acceleratorType }: Quote): string => `${provider} ${acceleratorType}`;

interface Frame {
  readonly state: BookState;
  readonly request: ComputeRequest;
  readonly line: RequestLine;
  readonly lineIndex: number;
  readonly lot: Lot;
  readonly at: Instant;
  /** By provider: the agreements that bind it and the buyer. */
  readonly binding: ReadonlyMap<PartyId, AgreementState>;
  /** Lists and index values that price books refer to. */
  readonly prices: PriceFacts;
}

function bindingAgreements(state: BookState, request: ComputeRequest, at: Instant): Map<PartyId, AgreementState> {
  const found = new Map<PartyId, AgreementState>();
  for (const agreement of agreementsOf(state)) {
    const version = isInForce(agreement) ? versionAt(agreement, at) : undefined;
    if (version === undefined || standsFor(agreement, version.buyer) !== request.buyer) continue;
    const provider = standsFor(agreement, version.provider);
    if (!found.has(provider)) found.set(provider, agreement);
  }
  return found;
}

/** Capacity already contracted, as far as it is not called yet for that time. */
function entitlements({ state, request, line, lineIndex, at }: Frame): Quote[] {
  return agreementsOf(state).flatMap((agreement) => {
    const version = isInForce(agreement) ? versionAt(agreement, at) : undefined;
    if (version === undefined || standsFor(agreement, version.buyer) !== request.buyer) return [];
    return version.clauses.flatMap((clause): Quote[] => {
      if (clause.kind !== "entitlement" || (clause.until !== undefined && clause.until <= at)) return [];
      if (line.accelerators[0]?.acceleratorType !== clause.acceleratorType) return [];
      const ref = { agreement: agreement.id, clause: clause.id };
      const drawn = clause.act === "renewal" ? 0 : drawnCount(state, ref, line.window);
      const room =
        clause.blocks.length === 0 ? Infinity : freeOn(state, clause.blocks, line.window, line.blockSize, line.count);
      return [
        {
          ...ref,
          id: `entitlement:${agreement.id}/${clause.id}`,
          kind: "entitlement",
          lineIndex,
          provider: standsFor(agreement, version.provider),
          acceleratorType: clause.acceleratorType,
          region: regionOfBlocks(state, clause.blocks) ?? line.regions[0] ?? "*",
          own: [{ from: 1, rate: clause.price }],
          blockSize: line.blockSize,
          blocks: clause.blocks,
          count: inBlocks(Math.min(line.count, Math.max(0, clause.count - drawn), room), line.blockSize),
          dearer: 0,
        },
      ];
    });
  });
}

/** What a commitment sets a price for: what is promised to be taken can be taken at that price. */
function committedQuotes({ state, request, line, lineIndex, lot, at, binding }: Frame): Quote[] {
  return [...binding].flatMap(([provider, agreement]) => {
    const version = versionAt(agreement, at);
    // Where there is a price book, it prices what the commitment leaves over too.
    if (priceBooksOf(agreement, provider, at).length > 0) return [];
    return (version?.clauses ?? []).flatMap((clause): Quote[] => {
      if (clause.kind !== "commitment" || clause.price === undefined || !isCounted(clause)) return [];
      if (clause.obligor !== request.buyer || clause.type === "minimum-share") return [];
      const { price } = clause;
      if (clause.beneficiary !== provider) return [];
      return lot.alternatives.flatMap((alternative): Quote[] => {
        const { acceleratorType, region } = alternative;
        const supplied = { provider, acceleratorType, region };
        if (countedBy({ lot }, { agreement: agreement.id, clause }, supplied) === undefined) return [];
        const blocks = blocksOf(state, provider, alternative, line.window);
        const room = blocks.length === 0 ? line.count : freeOn(state, blocks, line.window, line.blockSize, line.count);
        return [
          {
            id: `commitment:${agreement.id}/${clause.id}/${alternative.acceleratorType}@${alternative.region}`,
            kind: "agreement",
            lineIndex,
            provider,
            agreement: agreement.id,
            clause: clause.id,
            acceleratorType: alternative.acceleratorType,
            region: regionOfBlocks(state, blocks) ?? alternative.region,
            own: [{ from: 1, rate: price }],
            blockSize: line.blockSize,
            blocks,
            count: inBlocks(Math.min(line.count, room), line.blockSize),
            dearer: 0,
          },
        ];
      });
    });
  });
}

/** What an agreement's own price book asks; its provider's list stands beside it for comparison. */
function bookedQuotes(frame: Frame, offered: readonly Quote[]): Quote[] {
  const { binding, at } = frame;
  return [...binding].flatMap(([provider, agreement]) => {
    const books = priceBooksOf(agreement, provider, at);
    if (books.length === 0) return [];
    const committed = committedIn(agreement, provider, at);
    const found = new Map<string, Quote>();
    for (const alternative of frame.lot.alternatives) {
      const quote = bookedQuote(frame, offered, { books, committed }, provider, alternative);
      const known = found.get(alternative.acceleratorType);
      // Of several regions the cheapest; those that are sold out of one place are the same.
      if (quote !== undefined && (known === undefined || isBetter(quote, known)))
        found.set(alternative.acceleratorType, quote);
    }
    return [...found.values()];
  });
}

function bookedQuote(
  { state, line, lineIndex, lot, at, prices }: Frame,
  offered: readonly Quote[],
  { books, committed }: { readonly books: readonly PriceBook[]; readonly committed: readonly CommittedPrice[] },
  provider: PartyId,
  { acceleratorType, region: wanted }: LotAlternative,
): Quote | undefined {
  const list = offered.find(
    (quote) => quote.provider === provider && quote.host === undefined && quote.acceleratorType === acceleratorType,
  );
  const blocks =
    list?.blocks ?? blocksOf(state, provider, { acceleratorType, region: wanted, factor: ONE }, line.window);
  const region = list?.region ?? regionOfBlocks(state, blocks) ?? wanted;
  const room = blocks.length === 0 ? line.count : freeOn(state, blocks, line.window, line.blockSize, line.count);
  const most = inBlocks(Math.min(list?.count ?? line.count, room), line.blockSize);
  const query = { lot, provider, acceleratorType, region, at, ...(committed.length === 0 ? {} : { committed }) };
  const quoted = quotedAt(books, prices, query, Math.max(most, line.blockSize));
  // A book that prices nothing of the kind says nothing; one that lacks what it refers to is told.
  if (!quoted.ok && quoted.problems.every(({ code }) => code === "price_not_stated")) return undefined;
  const rate = meanRate(quoted);
  const [book] = books;
  return {
    id: `book:${provider}/${acceleratorType}@${region}`,
    kind: "agreement",
    lineIndex,
    provider,
    ...(book === undefined ? {} : { agreement: book.agreement, clause: book.clause.id }),
    acceleratorType,
    region,
    ...(list?.list === undefined ? listBeside(quoted) : { list: list.list }),
    own: rate === undefined ? [] : [{ from: 1, rate }],
    ...(quoted.ok
      ? {
          rows: quoted.value.rows,
          rowsAt: (count: number) => {
            const found = quotedAt(books, prices, query, count);
            return found.ok ? found.value.rows : undefined;
          },
        }
      : { problems: quoted.problems }),
    blockSize: line.blockSize,
    blocks,
    count: quoted.ok ? most : 0,
    ...(list?.source === undefined ? {} : { source: list.source }),
    dearer: list?.dearer ?? 0,
  };
}

/** The list price that a discount is taken off, where no offer of it stands in the book. */
function listBeside(quoted: Quoted): Pick<Quote, "list" | "source"> {
  const basis = quoted.ok
    ? quoted.value.rows.find(({ reason }) => reason.basis.form === "list")?.reason.basis
    : undefined;
  if (basis?.form !== "list") return {};
  return { list: [{ from: 1, rate: basis.list.rate }], source: basis.list.source };
}

const ONE = { num: 1n, den: 1n };

function blocksOf(state: BookState, provider: PartyId, alternative: LotAlternative, window: TimeWindow): BlockId[] {
  return state.capacity
    .blocks()
    .filter(
      ({ block }) =>
        block.provider === provider &&
        block.acceleratorType === alternative.acceleratorType &&
        regionFits(alternative.region, block.region) &&
        block.window.from <= window.from &&
        window.to <= block.window.to,
    )
    .map(({ block }) => block.id);
}

/** The cheapest offer of each provider and host for each accelerator. */
function offeredQuotes(frame: Frame): Quote[] {
  const best = new Map<string, Quote>();
  const types = new Map(frame.lot.alternatives.map((one) => [one.acceleratorType as string, one]));
  for (const offer of frame.state.offers.sortedValues()) {
    if (!types.has(offer.acceleratorType)) continue;
    const quote = quoteOf(frame, offer);
    if (quote === undefined) continue;
    const key = `${quote.provider} ${quote.host ?? ""} ${quote.acceleratorType}`;
    const known = best.get(key);
    if (known === undefined) best.set(key, quote);
    else
      best.set(
        key,
        isBetter(quote, known) ? { ...quote, dearer: known.dearer + 1 } : { ...known, dearer: known.dearer + 1 },
      );
  }
  return [...best.values()];
}

function quoteOf({ state, line, lineIndex, lot, binding }: Frame, offer: Offer): Quote | undefined {
  const fits = lot.alternatives.some(
    (one) => one.acceleratorType === offer.acceleratorType && regionFits(one.region, offer.region),
  );
  const covers =
    (offer.from === undefined || offer.from <= line.window.from) &&
    (offer.to === undefined || line.window.to <= offer.to);
  if (!fits || !covers) return undefined;
  const step = Math.max(offer.blockSize, line.blockSize);
  const most = Math.min(line.count, offer.countMax ?? line.count);
  const room = offer.blocks.length === 0 ? most : freeOn(state, offer.blocks, line.window, step, most);
  const agreement = binding.get(offer.provider);
  return {
    id: `offer:${offer.id}`,
    kind: agreement === undefined ? "market" : "agreement",
    lineIndex,
    provider: offer.provider,
    ...(offer.host === undefined ? {} : { host: offer.host }),
    ...(agreement === undefined ? {} : { agreement: agreement.id }),
    acceleratorType: offer.acceleratorType,
    region: offer.region,
    list: offer.tiers,
    own: offer.tiers,
    blockSize: step,
    blocks: offer.blocks,
    count: inBlocks(Math.min(most, room), step),
    source: offer.source,
    ...(offer.standing ? { standing: offer.id } : {}),
    dearer: 0,
  };
}

/** More of it first where the wanted count is not reached, then the lower price, then the id. */
function isBetter(a: Quote, b: Quote): boolean {
  if (a.count !== b.count) return a.count > b.count;
  const [x, y] = [priceOf(a.own, "all-units", a.count), priceOf(b.own, "all-units", b.count)];
  if (x === undefined || y === undefined || x.currency !== y.currency) return y === undefined && x !== undefined;
  return x.microsPerHour === y.microsPerHour ? a.id < b.id : x.microsPerHour < y.microsPerHour;
}

/** Providers under agreement of whom no price is known: they are asked, or may bid, and what they would cost is not guessed. */
function unpriced({ line, lineIndex, binding, state, at }: Frame, offered: readonly Quote[]): Quote[] {
  const acceleratorType = line.accelerators[0]?.acceleratorType;
  if (acceleratorType === undefined) return [];
  return [...binding].flatMap(([provider, agreement]): Quote[] => {
    const version = versionAt(agreement, at);
    const sells = version?.clauses.some(
      (clause) => clause.kind === "entitlement" || (clause.kind === "commitment" && clause.price !== undefined),
    );
    const holds = version?.clauses.some((clause) => isRight(clause) && clause.holder === provider);
    const provides = state.parties.get(provider)?.roles.some(({ role }) => role === "provider") === true;
    if (offered.some((quote) => quote.provider === provider) || sells === true || !(provides || holds === true))
      return [];
    return [
      {
        id: `agreement:${agreement.id}`,
        kind: "agreement",
        lineIndex,
        provider,
        agreement: agreement.id,
        acceleratorType,
        region: line.regions[0] ?? "*",
        own: [],
        blockSize: line.blockSize,
        blocks: [],
        count: 0,
        dearer: 0,
      },
    ];
  });
}

function regionOfBlocks(state: BookState, blocks: readonly BlockId[]): string | undefined {
  const regions = new Set(blocks.map((id) => state.capacity.get(id)?.block.region));
  return regions.size === 1 ? [...regions][0] : undefined;
}

const inBlocks = (count: number, size: number): number => count - (count % size);
