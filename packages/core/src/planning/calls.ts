import type { BookState } from "../book/state.ts";
import type { ComputeRequest, RequestLine } from "../requests/request.ts";
import type { Attempt } from "./attempt.ts";
import { isAboveCap } from "./caps.ts";
import type { Quote } from "./quotes.ts";
import { isPreferred, type Result, resultOf } from "./result.ts";

/** Entitlements that are tried: a request calls one of them. */
const CALLS_MAX = 4;

/**
 * The best that a request comes to: as it is, or with a part of it called under what is contracted (step 3 of the algorithm). Where the
 * book would not take the request as it is, that.
 */
export function bestResult(state: BookState, wanted: Attempt, quotes: readonly Quote[], leadMs: number): Result {
  const asIs = resultOf(state, wanted, leadMs);
  if (asIs.outcome.course.rejection !== undefined) return asIs;
  let best = asIs;
  for (const request of callsOn(wanted.request, quotes)) {
    const result = resultOf(state, { ...wanted, request }, leadMs);
    if (result.outcome.course.rejection === undefined && isPreferred(result, best)) best = result;
  }
  return best;
}

/** The request with a part of it called under what is contracted, as much as that gives. */
function callsOn(request: ComputeRequest, quotes: readonly Quote[]): ComputeRequest[] {
  const calls = quotes.filter((quote) => quote.kind === "entitlement" && quote.count > 0).slice(0, CALLS_MAX);
  return calls.flatMap(({ lineIndex, count, agreement, clause, own }) => {
    const line = request.lines[lineIndex];
    if (line === undefined || agreement === undefined || clause === undefined) return [];
    if (line.purposes.some((one) => one.count !== undefined) || isAboveCap(own[0]?.rate, line.cap)) return [];
    const part = (size: number): RequestLine => ({ ...line, count: size, gangMin: Math.min(line.gangMin, size) });
    const called: RequestLine = { ...part(count), under: { agreement, clause, negotiated: false } };
    const rest = line.count > count ? [part(line.count - count)] : [];
    return [
      { ...request, lines: request.lines.flatMap((one, index) => (index === lineIndex ? [called, ...rest] : [one])) },
    ];
  });
}
