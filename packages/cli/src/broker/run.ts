import type { ExitCode } from "../terminal/exit-codes.ts";
import { EXIT } from "../terminal/exit-codes.ts";
import { type Outcome, tellFailure } from "../terminal/failures.ts";
import type { Io } from "../terminal/io.ts";
import { type BrokerOptions, type Line, lineOf } from "./connect.ts";
import { asked } from "./failures.ts";
import { tellJson } from "./shown.ts";

/**
 * Asks the broker one thing and tells the answer: with `--json` as the API gave it, else in words on stdout.
 *
 * @param ask what the API is called for; an outcome of its own where something is wrong before the call
 */
export async function atBroker<Value>(
  io: Io,
  options: BrokerOptions,
  ask: (line: Line) => Promise<Value>,
  tell: (value: Value, line: Line) => string,
): Promise<ExitCode> {
  const json = options.json === true;
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const answer: Outcome<Value> = await asked(line.value, () => ask(line.value));
  if (!answer.ok) return tellFailure(io, answer.failure, json);
  if (json) tellJson(io, answer.value, options.fields);
  else io.out(tell(answer.value, line.value));
  return EXIT.ok;
}

/** Everything of a list, page by page, up to a bound. */
export async function allOf<Value>(
  page: (
    cursor: string | undefined,
  ) => Promise<{ readonly data: readonly Value[]; readonly nextCursor: string | null }>,
  max = Number.POSITIVE_INFINITY,
): Promise<readonly Value[]> {
  const all: Value[] = [];
  let cursor: string | undefined;
  do {
    const { data, nextCursor } = await page(cursor);
    all.push(...data);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined && all.length < max);
  return all.slice(0, max);
}
