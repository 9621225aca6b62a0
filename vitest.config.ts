import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.spec.{ts,tsx}", "tools/**/*.spec.ts", "bench/**/*.spec.ts"],
    exclude: ["**/node_modules/**"],
    // These end what hangs, and measure nothing: a busy machine takes many times as long and is right.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
