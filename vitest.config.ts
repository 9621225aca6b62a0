import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.spec.{ts,tsx}", "tools/**/*.spec.ts", "bench/**/*.spec.ts"],
    exclude: ["**/node_modules/**"],
    testTimeout: 30_000,
  },
});
