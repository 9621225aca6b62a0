import type { Instant } from "@offtake/core/kernel";
import { type Plan, planOf, priceFactsOf } from "@offtake/core/planning";
import type { PriceFacts } from "@offtake/core/prices";
import type { ComputeRequest } from "@offtake/core/requests";
import { MemoryBook } from "@offtake/sim/memory-book";
import { worldCommands } from "@offtake/wire/book";
import type { LoadedBook } from "../../documents/book.ts";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../../terminal/failures.ts";

/** Opens a book in memory, for as many plans as are wanted. */
export function openBook({ book, offers }: LoadedBook, at: Instant): Outcome<MemoryBook> {
  const memory = new MemoryBook("plan");
  const { keeper } = book.header;
  const listed = offers.map((offer) => ({ actor: keeper, body: { type: "listOffer", offer } as const }));
  for (const { actor, body } of [...worldCommands(book), ...listed]) {
    const { rejection } = memory.submit(body, { at, actor });
    if (rejection !== undefined) return rejected(body.type, rejection);
  }
  return done(memory);
}

/** What price books refer to: the lists of the book as they stand in it, and the index values it records. */
export function pricesOf({ book, offers }: LoadedBook): PriceFacts {
  return priceFactsOf([...book.offers, ...offers], book.indexValues);
}

/** What would follow from a request in an open book, which stays as it was. */
export function planned(
  memory: MemoryBook,
  request: ComputeRequest,
  at: Instant,
  { leadMs, prices }: { readonly leadMs: number | undefined; readonly prices: PriceFacts },
): Outcome<Plan> {
  const result = planOf(memory.state, request, { at, prices, ...(leadMs === undefined ? {} : { leadMs }) });
  return result.ok ? done(result.plan) : rejected("the request", result.rejection);
}

function rejected(by: string, { code, detail }: { readonly code: string; readonly detail: string }) {
  return failed({ code, message: `${by} would be rejected: ${detail.replace(/\.$/, "")}`, exit: EXIT.invalid });
}
