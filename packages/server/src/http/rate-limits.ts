import { problem } from "./problems.ts";

/** Calls a second that a party may keep up, and how many it may save up. */
interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Reading and changing each have their own. */
const USUAL_PER_SECOND = 500;
/** So many seconds of quiet may be saved up. */
const SAVED_SECONDS = 4;

interface Bucket {
  tokens: number;
  at: number;
}

/** Buckets are looked through when there are more: full ones say nothing. */
const BUCKETS_MAX = 10_000;

/** A bucket for each party, for reading and for changing apart: what one party does slows nobody else, and shows to nobody else. */
export class RateLimits {
  private readonly buckets = new Map<string, Bucket>();
  private readonly clock: () => number;
  private readonly rate: Rate;

  /** @param perSecond calls that each may keep up, reading and changing apart; 500 when absent */
  constructor(clock: () => number, perSecond = USUAL_PER_SECOND) {
    this.clock = clock;
    this.rate = { perSecond, burst: perSecond * SAVED_SECONDS };
  }

  /** @throws HttpProblem `rate_limited`, with the seconds to wait */
  take(who: string, writes: boolean): void {
    const { rate } = this;
    const now = this.clock();
    const key = `${writes ? "w" : "r"} ${who}`;
    const bucket = this.buckets.get(key) ?? { tokens: rate.burst, at: now };
    bucket.tokens = Math.min(rate.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * rate.perSecond);
    bucket.at = now;
    if (this.buckets.size >= BUCKETS_MAX) this.forget(now);
    this.buckets.set(key, bucket);
    if (bucket.tokens < 1) {
      const seconds = Math.ceil((1 - bucket.tokens) / rate.perSecond);
      throw problem("rate_limited", { headers: { "retry-after": String(Math.max(1, seconds)) } });
    }
    bucket.tokens -= 1;
  }

  private forget(now: number): void {
    for (const [key, { at }] of this.buckets) {
      const { perSecond, burst } = this.rate;
      if (((now - at) / 1_000) * perSecond >= burst) this.buckets.delete(key);
    }
  }
}
