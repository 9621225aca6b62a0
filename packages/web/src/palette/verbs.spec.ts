import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { REQUEST_VERBS, VERBS } from "./verbs.ts";

test("every command that the palette names is one that there is", () => {
  const reference = readFileSync(
    fileURLToPath(new URL("../../../../docs/reference/commands.md", import.meta.url)),
    "utf8",
  );
  const commands = new Set([...reference.matchAll(/^## offtake (.+)$/gm)].map(([, words]) => words));
  const missing = [...VERBS, ...REQUEST_VERBS]
    .map(({ words }) => words.join(" "))
    .filter((words) => !commands.has(words));
  expect(commands.size).toBeGreaterThan(60);
  expect(missing).toEqual([]);
});
