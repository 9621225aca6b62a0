import { divHalfAway, type Money } from "../kernel/index.ts";

/**
 * The price allocated to one part of a package with one price (rule G18): package price x its list price / sum of all list prices,
 * half away from zero to the micro-unit. `listPrices` has one entry for each part of the package, its extras included. Undefined
 * where a part has no list price, where they add up to nothing, or where currencies differ: then the bid is inseparable.
 */
export function allocatedPackagePrice(
  price: Money,
  listPrices: readonly (Money | undefined)[],
  part: number,
): Money | undefined {
  const own = listPrices[part];
  let sum = 0n;
  for (const listed of listPrices) {
    if (listed === undefined || listed.currency !== own?.currency || listed.micros < 0n) return undefined;
    sum += listed.micros;
  }
  if (own === undefined || sum === 0n) return undefined;
  return { micros: divHalfAway(price.micros * own.micros, sum), currency: price.currency };
}

/**
 * What each line of a package carries of its one price, so that the lines together carry all of it: by their list prices, or by
 * accelerator-seconds where those are not known. Largest remainders, ties to the earlier line.
 */
export function packageShares(
  price: bigint,
  lines: readonly { readonly list?: Money; readonly seconds: bigint }[],
): bigint[] {
  const [first] = lines;
  const listed = lines.every(
    ({ list }) => list !== undefined && list.micros > 0n && list.currency === first?.list?.currency,
  );
  const weights = lines.map(({ list, seconds }) => (listed && list !== undefined ? list.micros : seconds));
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  const shares = weights.map((weight) => (sum === 0n ? 0n : (price * weight) / sum));
  const rest = price - shares.reduce((all, share) => all + share, 0n);
  const order = weights
    .map((weight, index) => ({ index, remainder: sum === 0n ? 0n : (price * weight) % sum }))
    .sort((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : a.index - b.index));
  for (const { index } of order.slice(0, Number(rest))) shares[index] = (shares[index] as bigint) + 1n;
  return shares;
}
