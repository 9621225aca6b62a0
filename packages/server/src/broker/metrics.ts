import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Lag } from "../feeds/index.ts";

/** Figures of one broker, for Prometheus. No party, book or person is named in any label. */
export interface BrokerMetrics {
  readonly registry: Registry;
  readonly calls: Histogram<"operation" | "status">;
}

/** Where the figures are looked up, each time somebody asks for them. */
export interface Observed {
  readonly books: () => Promise<number>;
  readonly lags: () => readonly Lag[];
  readonly followers: () => number;
  /** By how many milliseconds the latest deadline is overdue; 0 where none is. */
  readonly overdueMs: () => Promise<number>;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function newMetrics(observed: Observed): BrokerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "offtake_" });
  const gauge = (name: string, help: string, value: () => number | Promise<number>): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await value());
      },
    });
  };
  const most = (values: readonly number[]): number => Math.max(0, ...values);
  gauge("offtake_books", "Books of this server.", observed.books);
  gauge("offtake_feed_followers", "Streams of feeds that are open on this node.", observed.followers);
  gauge(
    "offtake_feed_lag_records",
    "Records of the log that have not been told yet, of the book with most of them.",
    () => most(observed.lags().map(({ records }) => records)),
  );
  gauge("offtake_feed_lag_seconds", "For how long the oldest of them has been known here.", () =>
    most(observed.lags().map(({ ms }) => ms / 1_000)),
  );
  gauge("offtake_deadline_lag_seconds", "By how much the deadline is overdue that is woken last.", async () => {
    return (await observed.overdueMs()) / 1_000;
  });
  return {
    registry,
    calls: new Histogram({
      name: "offtake_http_request_duration_seconds",
      help: "How long calls took, by operation and status.",
      labelNames: ["operation", "status"],
      buckets: SECONDS,
      registers: [registry],
    }),
  };
}
