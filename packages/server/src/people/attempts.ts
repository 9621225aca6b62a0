import { changed, type PeopleContext, rowsOf } from "./database.ts";
import { PeopleProblem } from "./problems.ts";
import { hashOf } from "./secrets.ts";

/** How many attempts may fail from one place before it has to wait, and how long it is counted. */
export const ATTEMPTS = { failures: 10, windowMs: 15 * 60_000 } as const;

/** Failed logins, counted for all nodes together. An address is kept as a hash, and no longer than it counts. */
export class Attempts {
  private readonly context: PeopleContext;

  constructor(context: PeopleContext) {
    this.context = context;
  }

  /**
   * @param address where the attempt comes from
   * @throws PeopleProblem `too_many_attempts` where too many failed, before anything is looked up
   */
  async assertFree(address: string): Promise<void> {
    const now = this.context.now();
    const [row] = await rowsOf<{ failures: number; startedAt: number }>(
      this.context.pool,
      `select failures, started_at::float8 as "startedAt" from login_attempts where bucket = $1 and started_at > $2`,
      [bucketOf(address), now - ATTEMPTS.windowMs],
    );
    if (row !== undefined && row.failures >= ATTEMPTS.failures)
      throw new PeopleProblem("too_many_attempts", Math.ceil((row.startedAt + ATTEMPTS.windowMs - now) / 1_000));
  }

  async failed(address: string): Promise<void> {
    const now = this.context.now();
    await changed(
      this.context.pool,
      `insert into login_attempts as a (bucket, started_at, failures) values ($1, $2, 1)
       on conflict (bucket) do update set
         failures = case when a.started_at > $3 then a.failures + 1 else 1 end,
         started_at = case when a.started_at > $3 then a.started_at else excluded.started_at end`,
      [bucketOf(address), now, now - ATTEMPTS.windowMs],
    );
  }

  async sweep(): Promise<number> {
    const before = this.context.now() - ATTEMPTS.windowMs;
    return changed(this.context.pool, "delete from login_attempts where started_at <= $1", [before]);
  }
}

function bucketOf(address: string): string {
  return hashOf(`login attempt from ${address}`).toString("hex");
}
