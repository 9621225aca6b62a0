import type { Money } from "../kernel/index.ts";
import { convert } from "../prices/index.ts";
import { reject, type Turn } from "./turn.ts";

/** An amount in the book's reporting currency, by the newest recorded rate; a missing rate ends the command (G27). */
export function toReporting(turn: Turn, amount: Money, at = turn.at): Money {
  const { header } = turn.state;
  if (header === undefined) return reject("book_not_open", "The book is not open.");
  if (amount.currency === header.currency) return amount;
  const rates = [
    ...(turn.state.rates.get(`${amount.currency} ${header.currency}`) ?? []),
    ...(turn.state.rates.get(`${header.currency} ${amount.currency}`) ?? []),
  ];
  const converted = convert(amount, header.currency, rates, at);
  return converted.ok ? converted.value.money : reject("rate_missing", converted.problem.detail);
}

export function reported(turn: Turn, amount: Money | undefined): { readonly costReported?: Money } {
  return amount === undefined ? {} : { costReported: toReporting(turn, amount) };
}
