import type { ServerState } from "./server-state.ts";

/**
 * How the console reaches a broker: everything it asks goes through one function of the shape of `fetch`, streams included. The broker
 * that served the page answers it, or one that runs in the page itself.
 */
export interface Transport {
  readonly fetch: typeof fetch;
  /** Told with each call that changes something, where the broker asks for it: proof that this page sent it. */
  readonly secret: { csrf: string | undefined };
  /** Milliseconds since 1970, as the broker counts them. */
  readonly now: () => number;
  /** What the broker says beside its answers; absent where it runs in the page. */
  readonly server?: Pick<ServerState, "read" | "onChange">;
  /** What can be done with the clock of a broker in the page; absent where time is real. */
  readonly clock?: MovableClock;
}

export interface MovableClock {
  /** Moves on to an instant, in milliseconds since 1970, never back; what falls due until then happens on the way. */
  moveTo(at: number): Promise<void>;
  /** Calls `heard` whenever it was moved. Returns the way to stop. */
  readonly onSet: (heard: () => void) => () => void;
  /** The nearest instant at which something falls due by itself; the first one behind a deadline's last millisecond. */
  nextDue(): number | undefined;
}
