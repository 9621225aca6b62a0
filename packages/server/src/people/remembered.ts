import type { Pool } from "pg";

/** The channel on which nodes hear that something about people has changed. */
export const PEOPLE_CHANNEL = "offtake_people";

/** For how long a node may go by what it looked up, where it does not hear that it has changed. */
export const REMEMBERED_MS = 1_000;

/** More than this is not remembered: what was looked up first is looked up again. */
const REMEMBERED_MAX = 10_000;

interface Entry {
  readonly value: Promise<unknown>;
  readonly until: number;
}

/**
 * What was looked up about people (sessions, keys, rules) is good for a moment, so that a caller who calls often does not cost a look each time.
 * Whatever this node changes it forgets before the change is answered; other nodes forget when they hear of it, or when the moment is over.
 * What is not there is never remembered.
 */
export class Remembered {
  private readonly pool: Pick<Pool, "query">;
  private readonly elapsed: () => number;
  private readonly entries = new Map<string, Entry>();

  /** @param elapsed milliseconds that never go back */
  constructor(pool: Pick<Pool, "query">, elapsed: () => number = () => performance.now()) {
    this.pool = pool;
    this.elapsed = elapsed;
  }

  /** What was found under a name in the last moment, or what `find` finds now. The moment begins before it is looked for. */
  async find<Value>(name: string, find: () => Promise<Value | undefined>): Promise<Value | undefined> {
    const now = this.elapsed();
    const known = this.entries.get(name);
    if (known !== undefined && now < known.until) return known.value as Promise<Value | undefined>;
    const value = find();
    const entry = { value, until: now + REMEMBERED_MS };
    this.entries.delete(name);
    this.entries.set(name, entry);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= REMEMBERED_MAX) break;
      this.entries.delete(oldest);
    }
    const drop = (): void => {
      if (this.entries.get(name) === entry) this.entries.delete(name);
    };
    try {
      const found = await value;
      if (found === undefined) drop();
      return found;
    } catch (error) {
      drop();
      throw error;
    }
  }

  /** All of it is looked up again, also what is being looked up now. */
  forget(): void {
    this.entries.clear();
  }

  /** Something has changed: forgotten here at once, and told to the other nodes. */
  async changed(): Promise<void> {
    this.forget();
    // Whoever does not hear it knows when the moment is over.
    await this.pool.query("select pg_notify($1, '')", [PEOPLE_CHANNEL]).catch(() => {});
  }

  /** Runs what changes something; forgotten however it ends, since an answer may be lost after the commit. */
  async changing<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } finally {
      await this.changed();
    }
  }
}
