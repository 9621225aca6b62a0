import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.spec.{ts,tsx}", "tools/**/*.spec.ts", "bench/**/*.spec.ts"],
    exclude: ["**/node_modules/**"],
    testTimeout: 30_000,
    // What is set up and waited for is no measurement: a machine that is three times slower takes three times as long and is right.
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
