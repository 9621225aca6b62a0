import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../../terminal/failures.ts";

/** So many of a bid: `--take bid_7k:512`, or `--take bid_7k/2:512` for its second line. */
export interface TypedPart {
  readonly bid: string;
  readonly line?: number;
  readonly count: number;
}

export function partsOf(typed: readonly string[]): Outcome<readonly TypedPart[]> {
  const parts: TypedPart[] = [];
  for (const text of typed) {
    const [, bid, line, count] = /^([\w.-]+)(?:\/(\d{1,3}))?:(\d{1,9})$/.exec(text) ?? [];
    if (bid === undefined)
      return failed({
        code: "usage",
        message: `--take takes a bid and a count, such as bid_7k:512 or bid_7k/2:512 for its second line, not ${text.slice(0, 60)}`,
        exit: EXIT.usage,
      });
    parts.push({ bid, count: Number(count), ...(line === undefined ? {} : { line: Number(line) }) });
  }
  return done(parts);
}
