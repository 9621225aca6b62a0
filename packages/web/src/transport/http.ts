import { ServerState } from "./server-state.ts";
import type { Transport } from "./transport.ts";

/**
 * The broker that served this page, by the session in its cookie. What changes something carries the session's token, which only a page
 * of the broker can have read.
 */
export function httpTransport(): Transport {
  const secret: Transport["secret"] = { csrf: undefined };
  const offset = new ClockOffset();
  const server = new ServerState();
  return {
    secret,
    server,
    now: () => Date.now() + offset.ms,
    fetch: async (input, init = {}) => {
      const headers = new Headers(init.headers);
      if (secret.csrf !== undefined && init.method !== "GET") headers.set("x-csrf-token", secret.csrf);
      const sent = performance.now();
      const answer = await fetch(input, { ...init, headers, credentials: "same-origin" });
      server.learn(answer.headers);
      offset.learn(answer.headers.get("date"), performance.now() - sent);
      return answer;
    },
  };
}

/** What a second of a `Date` header leaves open, and a little for the way. */
const UNSURE_MS = 1_500;

/** How far the broker's clock is from that of this machine, as far as answers tell. */
class ClockOffset {
  ms = 0;

  /** A header counts whole seconds: what lies within that is taken as no difference. */
  learn(date: string | null, tookMs: number): void {
    const told = date === null ? Number.NaN : Date.parse(date);
    if (Number.isNaN(told)) return;
    const difference = told + 500 + tookMs / 2 - Date.now();
    if (Math.abs(difference - this.ms) > UNSURE_MS) this.ms = Math.abs(difference) <= UNSURE_MS ? 0 : difference;
  }
}
