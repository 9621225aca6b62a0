import { parseInstant } from "@offtake/core/kernel";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../../terminal/failures.ts";

interface Typed {
  readonly from?: string;
  readonly to?: string;
}

/** A stretch of time as a person types it: a day means its first instant in UTC, the last day is in it. */
export function instantsOf({ from, to }: Typed): Outcome<Typed> {
  const first = instantOf("--from", from, 0);
  if (!first.ok) return first;
  const last = instantOf("--to", to, 1);
  if (!last.ok) return last;
  return done({
    ...(first.value === undefined ? {} : { from: first.value }),
    ...(last.value === undefined ? {} : { to: last.value }),
  });
}

const DAY_MS = 86_400_000;

function instantOf(option: string, typed: string | undefined, days: number): Outcome<string | undefined> {
  if (typed === undefined) return done(undefined);
  if (/^\d{4}-\d{2}-\d{2}$/.test(typed)) {
    const at = Date.parse(`${typed}T00:00:00Z`);
    if (!Number.isNaN(at)) return done(new Date(at + days * DAY_MS).toISOString().replace(".000", ""));
  } else if (parseInstant(typed) !== undefined) return done(typed);
  const message = `${option} takes a day such as 2026-12-01, or an instant with its offset, not ${typed.slice(0, 40)}`;
  return failed({ code: "usage", message, exit: EXIT.usage });
}
