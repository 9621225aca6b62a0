import { Client } from "pg";
import type { BookName } from "../log/record.ts";
import { GROWTH } from "./append.ts";

/** After a lost connection the next attempt waits this long. */
const RETRY_MS = 1_000;

/**
 * Hears from the database which books have grown, on a connection of its own. What was missed while it was lost is not told: readers
 * also look by themselves now and then.
 */
export class GrowthListener {
  private readonly url: string;
  private readonly heard = new Set<(book: BookName, length: number) => void>();
  private client: Promise<Client> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(url: string) {
    this.url = url;
  }

  async listen(heard: (book: BookName, length: number) => void): Promise<() => Promise<void>> {
    this.heard.add(heard);
    this.client ??= this.connect();
    await this.client;
    return () => {
      this.heard.delete(heard);
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
    const client = new Client({ connectionString: this.url, application_name: "offtake growth" });
    client.on("notification", ({ payload }) => {
      const [book = "", length] = (payload ?? "").split(" ");
      for (const heard of this.heard) heard(book as BookName, Number(length));
    });
    client.on("error", () => {});
    client.on("end", () => this.again());
    await client.connect();
    await client.query(`listen ${GROWTH}`);
    return client;
  }

  private again(): void {
    if (this.isClosed) return;
    this.retry = setTimeout(() => {
      this.client = this.connect();
      this.client.catch(() => this.again());
    }, RETRY_MS);
    this.retry.unref();
  }
}
