import { dirname, resolve } from "node:path";
import type { Offer } from "@offtake/core/book";
import type { Book } from "@offtake/wire/book";
import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../terminal/failures.ts";

/** The price lists that a book names, as offers. The importers are loaded only where there is a list. */
export async function offersOf(book: Book, cwd: string): Promise<Outcome<readonly Offer[]>> {
  if (book.priceLists.length === 0) return done([]);
  const { importBookPrices } = await import("@offtake/intake/prices");
  const { offers, problems } = await importBookPrices(book.priceLists, ({ file, from }) =>
    resolve(cwd, dirname(from), file),
  );
  const [first] = problems;
  if (first === undefined) return done(offers);
  const line = first.line === undefined ? "" : `:${first.line}`;
  return failed({ code: first.code, message: `${first.file}${line}: ${first.detail}`, exit: EXIT.invalid });
}
