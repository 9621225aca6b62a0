import { Client } from "pg";

/** After a lost connection the next attempt waits this long. */
const RETRY_MS = 1_000;

type Heard = (payload: string) => void;

/**
 * Hears from the database what other nodes tell, on a connection of its own: it needs a direct one, a pooler that gives a connection to
 * each transaction breaks it. What was told while it was lost is not heard: readers also look by themselves now and then.
 */
export class Listener {
  private readonly url: string;
  private readonly heard = new Map<string, Set<Heard>>();
  private client: Promise<Client> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private isClosed = false;
  private readonly name: string;

  /** @param name what the connection is called in the database */
  constructor(url: string, name = "offtake listener") {
    this.url = url;
    this.name = name;
  }

  /** Calls `heard` with whatever is told on a channel, from when this resolves. Returns the way to stop. */
  async listen(channel: string, heard: Heard): Promise<() => Promise<void>> {
    const others = this.heard.get(channel);
    const all = others ?? new Set();
    this.heard.set(channel, all.add(heard));
    this.client ??= this.connect();
    const client = await this.client;
    if (others === undefined) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    return () => {
      all.delete(heard);
      return Promise.resolve();
    };
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.retry);
    this.heard.clear();
    const client = await this.client?.catch(() => undefined);
    await client?.end().catch(() => {});
  }

  private async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.url, application_name: this.name });
    client.on("notification", ({ channel, payload }) => {
      for (const heard of this.heard.get(channel) ?? []) heard(payload ?? "");
    });
    client.on("error", () => {});
    client.on("end", () => this.again());
    try {
      await client.connect();
      for (const channel of this.heard.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    return client;
  }

  /** An attempt that fails may say so twice, by its end and by its error: one more attempt follows, not two. */
  private again(): void {
    if (this.isClosed || this.retry !== undefined) return;
    this.retry = setTimeout(() => {
      this.retry = undefined;
      this.client = this.connect();
      this.client.catch(() => this.again());
    }, RETRY_MS);
    this.retry.unref();
  }
}
