import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** Figures of one broker, for Prometheus. No party, book or person is named in any label. */
export interface BrokerMetrics {
  readonly registry: Registry;
  readonly calls: Histogram<"operation" | "status">;
  readonly decided: Counter<"outcome">;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function newMetrics(observe: { readonly books: () => Promise<number> }): BrokerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "offtake_" });
  new Gauge({
    name: "offtake_books",
    help: "Books of this server.",
    registers: [registry],
    async collect() {
      this.set(await observe.books());
    },
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
    decided: new Counter({
      name: "offtake_commands_total",
      help: "Commands, by what became of them.",
      labelNames: ["outcome"],
      registers: [registry],
    }),
  };
}
