import { followFeed, type Schemas } from "@offtake/client";
import { countText, statusText } from "@offtake/core/explanation";
import { type Line, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { endOf, isAbout, type WaitOptions } from "./feed.ts";

type Request = Schemas["Request"];

/** States in which a request waits for nothing that would come by itself. */
const SETTLED: ReadonlySet<string> = new Set([
  "awarded_full",
  "awarded_part",
  "unfilled",
  "withdrawn",
  "announced",
  "closed",
]);

/** Waits until a request is settled, by looking again whenever the feed says something about it. */
export async function waitFor(io: Io, id: string, options: WaitOptions): Promise<ExitCode> {
  const json = options.json === true;
  const timeout = lengthOf(options.timeout);
  if (!timeout.ok) return tellFailure(io, timeout.failure, json);
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const settled = await asked(line.value, () => untilSettled(line.value, id, timeout.value, io.signal));
  if (!settled.ok) return tellFailure(io, settled.failure, json);
  if (io.signal.aborted) return EXIT.interrupted;
  const { request, inTime } = settled.value;
  if (json) io.out(jsonText(request));
  else io.out(settledText(request, inTime));
  return inTime ? exitOf(request) : EXIT.timedOut;
}

async function untilSettled(line: Line, id: string, timeout: number, stop: AbortSignal) {
  const { client, book } = line;
  const params = { book, request: id };
  const read = async (): Promise<Request> => (await client.call("requestRead", { params })).value.data;
  // Before the request is read: what happens in between is seen by one of the two.
  const from = await endOf(line);
  let request = await read();
  if (SETTLED.has(request.status)) return { request, inTime: true };
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), Math.min(timeout, LONGEST_MS));
  stop.addEventListener("abort", () => late.abort(), { once: true });
  try {
    for await (const entry of followFeed(client, book, from, late.signal)) {
      if (!isAbout(entry.event, id)) continue;
      request = await read();
      if (SETTLED.has(request.status)) return { request, inTime: true };
    }
  } catch (error) {
    if (!late.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
    late.abort();
  }
  request = await read();
  return { request, inTime: SETTLED.has(request.status) };
}

/** What a timer of the platform can count to. */
const LONGEST_MS = 2_147_483_647;

function exitOf({ status }: Request): ExitCode {
  return status === "awarded_full" ? EXIT.ok : EXIT.short;
}

function settledText({ id, status, view }: Request, inTime: boolean): string {
  if (!inTime) return `${id} is not settled: ${statusText(status)}\n`;
  const { awarded, asked: count } = view;
  const counts = awarded === undefined || count === undefined ? "" : `, ${countText(awarded)} of ${countText(count)}`;
  return `${id}: ${statusText(status)}${counts}\n`;
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

function lengthOf(typed: string): Outcome<number> {
  const [, count, unit] = /^(\d{1,6})\s*(s|min|h|d)$/.exec(typed.trim()) ?? [];
  const ms = UNITS_MS[unit ?? ""];
  if (count !== undefined && ms !== undefined) return done(Number(count) * ms);
  const message = `--timeout takes a length such as 90s, 15min, 8h or 14d, not ${typed.slice(0, 40)}`;
  return failed({ code: "usage", message, exit: EXIT.usage });
}
