import { EXIT } from "../../terminal/exit-codes.ts";
import type { Line } from "../../broker/connect.ts";
import { done, failed, type Outcome } from "../../terminal/failures.ts";

import { readSheet } from "./sheet.ts";

/** So many of a bid: `--take bid_7k:512`, or `--take bid_7k/2:512` for its second line. */
export interface TypedPart {
  readonly bid: string;
  readonly line?: number;
  readonly count: number;
}

/** Parts as they were typed, or as a sheet has them: then the request is looked at, which says what its bids are. */
export async function chosenParts(
  { client, book }: Pick<Line, "client" | "book">,
  request: string,
  { take, from }: PartOptions,
  cwd: string,
): Promise<Outcome<readonly TypedPart[]>> {
  if (from === undefined) return partsOf(take);
  if (take.length > 0)
    return failed({ code: "usage", message: "--take and --from exclude each other", exit: EXIT.usage });
  const { value } = await client.call("requestRead", { params: { book, request } });
  return readSheet(from, cwd, value.data);
}

export interface PartOptions {
  readonly take: readonly string[];
  /** A sheet that was filled in. */
  readonly from?: string;
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
