import { type BlockId, type Currency, INSTANT_MAX, type PartyId, type TimeWindow } from "../kernel/index.ts";
import { tierProblem } from "../prices/tier.ts";
import { checkStated } from "../requests/check-line.ts";
import { fitsRegion } from "../requests/facts.ts";
import type { Lot, LotAlternative } from "../requests/lot.ts";
import type { Bid, BidLine, Tender } from "./bid.ts";

/** What the book knows of the names in a bid. */
export interface FormContext {
  knownBlock(block: BlockId): boolean;
  /** The reporting currency, or one with a recorded rate to it. */
  knownCurrency(currency: Currency): boolean;
  knownParty(party: PartyId): boolean;
}

/** Everything that is wrong with the form of a bid, in a fixed order; a code, and after a blank the lot or block it is about. */
export function malformations(bid: Bid, tender: Tender, lots: readonly Lot[], context: FormContext): string[] {
  const found: string[] = [];
  if (bid.lines.length === 0) found.push("no_lines");
  if (bid.lines.length > tender.lots.length) return [...found, "lot_bid_twice"];
  if (!isInstant(bid.validUntil) || bid.validUntil <= tender.closesAt) found.push("validity_before_close");
  checkPackage(bid, context, found);
  const { contingency } = bid;
  if (contingency !== undefined && !isInstant(contingency.until)) found.push("contingency_not_an_instant");
  if (contingency?.party !== undefined && !context.knownParty(contingency.party)) found.push("unknown_party");
  bid.lines.forEach((line, index) => {
    const isTwice = bid.lines.findIndex((item) => item.lot === line.lot) < index;
    const lot = tender.lots.some((item) => item.lot === line.lot)
      ? lots.find((item) => item.id === line.lot)
      : undefined;
    if (lot === undefined) found.push(`unknown_lot ${line.lot}`);
    else for (const code of lineMalformations(bid, line, lot, context)) found.push(`${code} ${line.lot}`);
    if (isTwice) found.push(`lot_bid_twice ${line.lot}`);
    for (const block of line.rootBlocks) if (!context.knownBlock(block)) found.push(`unknown_block ${block}`);
  });
  return found;
}

function checkPackage(bid: Bid, context: FormContext, found: string[]): void {
  const price = bid.package?.price;
  if (price === undefined) return;
  if (price.micros <= 0n) found.push("package_price_not_positive");
  if (!context.knownCurrency(price.currency)) found.push("rate_missing");
}

/** Every part of the package, extras included, has a list price in one currency, so that its one price can be allocated. */
export function isSeparable({ package: whole, lines }: Bid): boolean {
  if (whole?.price === undefined) return true;
  const { listPrices, extras } = whole;
  const currency = listPrices[0]?.currency;
  return (
    listPrices.length === lines.length + extras.length &&
    listPrices.every((item) => item !== undefined && item.micros >= 0n && item.currency === currency) &&
    listPrices.some((item) => item !== undefined && item.micros > 0n)
  );
}

function lineMalformations(bid: Bid, line: BidLine, lot: Lot, context: FormContext): string[] {
  const found: string[] = [];
  if (!isRange(line)) found.push("counts_out_of_order");
  else if (Math.floor(line.countMax / line.multiple) * line.multiple < line.countMin)
    found.push("no_multiple_in_range");
  checkTiers(bid, line, context, found);
  if (line.window !== undefined && !isWindow(line.window)) found.push("invalid_window");
  if (alternativeOf(line, lot) === undefined) found.push("not_an_alternative");
  if (new Set(line.rootBlocks).size < line.rootBlocks.length) found.push("block_named_twice");
  if (line.host !== undefined && !context.knownParty(line.host)) found.push("unknown_party");
  if (checkStated(line.stated) !== undefined) found.push("term_malformed");
  return found;
}

function isRange({ countMin, countMax, multiple }: BidLine): boolean {
  const counts = [countMin, countMax, multiple];
  return counts.every((count) => Number.isSafeInteger(count) && count >= 1) && countMin <= countMax;
}

/** A line of a package with one price may go without prices of its own. */
function checkTiers(bid: Bid, line: BidLine, context: FormContext, found: string[]): void {
  const [first] = line.tiers;
  if (first === undefined) {
    if (bid.package?.price === undefined) found.push("tiers_empty");
    return;
  }
  const problem = tierProblem(line.tiers);
  if (problem !== undefined) found.push(problem);
  else if (first.from > line.countMin) found.push("tier_above_smallest_part");
  if (line.tiers.some((tier) => tier.rate.microsPerHour <= 0n)) found.push("price_not_positive");
  if (!context.knownCurrency(first.rate.currency)) found.push("rate_missing");
}

function isInstant(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= INSTANT_MAX;
}

function isWindow({ from, to }: TimeWindow): boolean {
  return isInstant(from) && isInstant(to) && from < to && from % 1000 === 0 && to % 1000 === 0;
}

/** What is offered of a lot, as far as it is said. */
type Offered = { readonly [Field in "acceleratorType" | "region"]?: BidLine[Field] | undefined };

/**
 * Which alternative of the lot a line offers: the first with its accelerator and a region that fits. A line that names neither
 * offers the first alternative. Undefined: none fits.
 */
export function alternativeOf(line: Offered, lot: Lot): LotAlternative | undefined {
  const { acceleratorType, region } = line;
  return lot.alternatives.find(
    (item) =>
      (acceleratorType === undefined || item.acceleratorType === acceleratorType) &&
      (region === undefined || fitsRegion(item, region)),
  );
}
