import type { Currency } from "@offtake/core/kernel";
import { priceText } from "../commands/plan/wanted.ts";
import type { Line } from "./connect.ts";

/** The currency of the book: what a price without a unit is in. */
export async function currencyOf({ client, book }: Pick<Line, "client" | "book">): Promise<Currency> {
  return (await client.call("bookRead", { params: { book } })).value.data.currency as Currency;
}

/** A price as a person types it, with its unit. */
export async function pricedIn(line: Pick<Line, "client" | "book">, typed: string): Promise<string> {
  return priceText(typed, await currencyOf(line));
}
