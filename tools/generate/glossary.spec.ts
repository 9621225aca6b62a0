import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../sources.ts";
import { generate } from "./glossary.ts";

test("the glossary page says what explanations say", async () => {
  for (const [path, text] of await generate()) expect(readFileSync(join(ROOT, path), "utf8")).toBe(text);
});
