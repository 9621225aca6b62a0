import type { BookState } from "@offtake/core/book";
import { addMs, DAY_MS, type Instant, parseInstant, type TimeWindow } from "@offtake/core/kernel";
import type { AnyCall } from "./call.ts";
import { knownBooks } from "./known-book.ts";
import { isKeeper } from "./objects.ts";
import { z } from "./operation.ts";
import { problem } from "./problems.ts";

/**
 * Works something out for the keeper of a book, from what the keeper was told.
 *
 * @throws HttpProblem for everybody else: what would follow rests on what others have told the keeper
 */
export async function asKeeperKnows<Value>(call: AnyCall, work: (state: BookState) => Value): Promise<Value> {
  const { services, book, principal } = call;
  if (!(await isKeeper(call))) throw problem("keepers_alone");
  return knownBooks(services.telling.store).with(book, principal.party, work);
}

/** Now, in whole seconds. */
export function nowOf({ services }: Pick<AnyCall, "services">): Instant {
  const now = services.wallClock?.() ?? Date.now();
  return (Math.floor(now / 1_000) * 1_000) as Instant;
}

/** An instant in an address. */
export const instantParam = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, "an instant such as 2026-09-14T17:00:00Z is expected")
  .openapi({ format: "date-time" });

/** A stretch of time in an address. */
export const windowQuery = {
  from: instantParam.optional().openapi({ description: "From when on. Default: now." }),
  to: instantParam.optional().openapi({ description: "The first instant after it. Default: 180 days later." }),
};

const USUAL_DAYS = 180;
const DAYS_MAX = 36_600;

/** @throws HttpProblem where it ends before it begins, or is longer than a hundred years */
export function windowOf(
  { from: first, to: last }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Instant,
): TimeWindow {
  const from = first === undefined ? now : (parseInstant(first) as Instant);
  const to = last === undefined ? addMs(from, USUAL_DAYS * DAY_MS) : (parseInstant(last) as Instant);
  if (to <= from || to - from > DAYS_MAX * DAY_MS)
    throw problem("parameter_malformed", {
      errors: [{ code: "parameter_malformed", parameter: "to", detail: "after `from`, and at most a hundred years" }],
    });
  return { from, to };
}
