import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../terminal/failures.ts";

/** A count as a person types it, such as 2500 or 2,500; undefined where none is typed. */
export function countOf(option: string, typed: string | undefined): Outcome<number | undefined> {
  if (typed === undefined) return done(undefined);
  const text = typed.replaceAll(",", "");
  if (/^[1-9]\d{0,9}$/.test(text)) return done(Number(text));
  const message = `${option} takes a whole number, such as 1024, not ${typed.slice(0, 40)}`;
  return failed({ code: "usage", message, exit: EXIT.usage });
}
