import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../sources.ts";
import { filledPage, pagePaths } from "./pages.ts";

describe("the documentation", () => {
  const pages = pagePaths();

  test.each(pages)("%s shows its files as they are and its commands as they print", async (path) => {
    // Not as it should be? Where the change is meant, `npm run generate` writes the page.
    expect(readFileSync(join(ROOT, path), "utf8")).toBe(await filledPage(path));
  });

  test("every page is in the index", () => {
    const index = readFileSync(join(ROOT, "docs/README.md"), "utf8");
    expect(pages.length).toBeGreaterThan(8);
    expect(pages.filter((path) => !index.includes(`(${path.slice("docs/".length)})`))).toEqual([]);
  });
});
