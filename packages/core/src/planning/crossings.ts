import {
  type Amount,
  cheapestOver,
  type ChosenUse,
  type Commitment,
  countedOf,
  effectiveAmount,
} from "../commitments/index.ts";
import { type Rate, rational } from "../kernel/index.ts";
import { priceOf } from "../prices/index.ts";
import type { Lot } from "../requests/lot.ts";
import { factsOf, type Reckoning } from "./costs.ts";
import type { Quote } from "./quotes.ts";

/**
 * Counts from `least` to `most` at which another of the quotes becomes the cheapest after commitments, and those at which a price by
 * quantity changes: rounded down. None where the costs are no lines: prices of several currencies, or of a price book.
 *
 * @source Rule CMT18 in ../commitments/SPEC.md
 */
export function crossings(
  { commitments, request, currency }: Reckoning,
  lot: Lot,
  quotes: readonly Quote[],
  least: number,
  most: number,
): number[] {
  if (quotes.some(({ rowsAt }) => rowsAt !== undefined) || !isIn(currency, quotes, commitments)) return [];
  const edges = quotes.flatMap(({ own }) => own.map(({ from }) => from)).filter((from) => least < from && from <= most);
  const starts = [...new Set([least, ...edges])].sort((a, b) => a - b);
  const found = starts.flatMap((from, index) => {
    const to = (starts[index + 1] ?? most + 1) - 1;
    const choices = quotes.flatMap((quote) => {
      const rate = priceOf(quote.own, "all-units", from);
      const cost = rate === undefined ? undefined : costBy(quote, rate, lot, commitments);
      return cost === undefined ? [] : [{ name: quote.id, cost: plusMoving(cost, quote) }];
    });
    return cheapestOver(choices, rational(BigInt(from)), rational(BigInt(to))).map((stretch) =>
      Number(stretch.from.num / stretch.from.den),
    );
  });
  return [...new Set([...edges, ...found])];

  /** What it costs to move to a provider is the same for every count. */
  function plusMoving(cost: Amount, { lineIndex, provider }: Quote): Amount {
    const moving = (request.lines[lineIndex]?.switchingCosts ?? [])
      .filter((one) => one.provider === provider && one.cost.currency === currency)
      .reduce((sum, one) => sum + one.cost.micros, 0n);
    if (moving === 0n) return cost;
    return (probe) => {
      const { value, slope } = cost(probe);
      return { value: rational(value.num + moving * value.den, value.den), slope };
    };
  }
}

function isIn(currency: string, quotes: readonly Quote[], commitments: readonly Commitment[]): boolean {
  const rates = quotes.flatMap(({ own }) => own.map(({ rate }) => rate.currency));
  const amounts = commitments.flatMap(({ clause }) => [
    clause.price?.currency,
    ...clause.schedule.map(({ amount }) => amount?.currency),
  ]);
  return [...rates, ...amounts].every((one) => one === undefined || one === currency);
}

function costBy(quote: Quote, rate: Rate, lot: Lot, commitments: readonly Commitment[]): Amount | undefined {
  const { provider } = quote;
  const facts = factsOf(lot, quote);
  const use: ChosenUse = {
    provider,
    window: lot.window,
    count: 1,
    rate,
    counted: (commitment) => countedOf(commitment, { provider, facts }),
  };
  return effectiveAmount([use], commitments, { kind: "count" });
}
