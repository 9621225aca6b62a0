import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../terminal/failures.ts";

const MOST = 500;

/** How many of a list are wanted: 1 to 500. */
export function limitOf(typed: string): Outcome<number> {
  const limit = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  if (limit >= 1 && limit <= MOST) return done(limit);
  return failed({ code: "usage", message: `--limit takes 1 to ${MOST}, not ${typed.slice(0, 40)}`, exit: EXIT.usage });
}
