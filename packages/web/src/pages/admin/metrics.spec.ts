import { expect, test } from "vitest";
import { metricsOf } from "./metrics.ts";

test("figures of the broker are read, buckets and those of the runtime are left out", () => {
  const text = `# HELP offtake_feed_lag Entries behind
# TYPE offtake_feed_lag gauge
offtake_feed_lag{book="a"} 3
# HELP offtake_decide_seconds How long deciding takes
# TYPE offtake_decide_seconds histogram
offtake_decide_seconds_bucket{le="0.1"} 4
offtake_decide_seconds_sum 0.2
offtake_decide_seconds_count 5
# HELP offtake_nodejs_heap Heap
offtake_nodejs_heap 1
# HELP offtake_process_cpu CPU
offtake_process_cpu 1
offtake_without_help 7
`;
  expect(metricsOf(text)).toEqual([
    {
      name: "offtake_feed_lag",
      help: "Entries behind",
      samples: [{ name: "offtake_feed_lag", labels: 'book="a"', value: "3" }],
    },
    {
      name: "offtake_decide_seconds",
      help: "How long deciding takes",
      samples: [
        { name: "offtake_decide_seconds_sum", labels: "", value: "0.2" },
        { name: "offtake_decide_seconds_count", labels: "", value: "5" },
      ],
    },
    { name: "offtake_without_help", help: "", samples: [{ name: "offtake_without_help", labels: "", value: "7" }] },
  ]);
  expect(metricsOf("")).toEqual([]);
});
