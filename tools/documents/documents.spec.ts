import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../sources.ts";
import { printedBy } from "../stories/printed.ts";
import { filledPage, pagePaths } from "./pages.ts";

describe("the documentation", () => {
  const pages = pagePaths();

  test.each(pages)("%s shows its files as they are and its commands as they print", async (path) => {
    // Not as it should be? Where the change is meant, `npm run generate` writes the page.
    expect(readFileSync(join(ROOT, path), "utf8")).toBe(await filledPage(path));
  });

  test.each([
    ["docs/reference/examples", "✓ book aurora-labs"],
    ["docs/tutorials/examples", "✓ book tern"],
    ["docs/how-to/examples", "✓ book pine"],
  ])("the examples in %s are valid", async (folder, expected) => {
    expect(await printedBy(["validate", folder])).toContain(expected);
  });

  test("the cases among them pass, and their twins fail", async () => {
    const folders = ["docs/reference/examples", "docs/tutorials/examples"];
    expect(await printedBy(["test", ...folders])).toMatch(/^8 passed, 0 failed \(cases\)$/m);
    expect(await printedBy(["test", ...folders, "--twins"])).toMatch(/^\d{3,} passed, 0 failed/m);
  });

  test("every decision has a number of its own, the same in its name and its title", () => {
    const folder = join(ROOT, "docs/decisions");
    const names = readdirSync(folder);
    const numbers = names.map((name) => /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1]);
    const titles = names.map((name) => /^# (\d{4}): /.exec(readFileSync(join(folder, name), "utf8"))?.[1]);
    expect(numbers).not.toContain(undefined);
    expect(titles).toEqual(numbers);
    expect(new Set(numbers).size).toBe(names.length);
  });

  test("every page is in the index", () => {
    const index = readFileSync(join(ROOT, "docs/README.md"), "utf8");
    expect(pages.length).toBeGreaterThan(8);
    expect(pages.filter((path) => !index.includes(`(${path.slice("docs/".length)})`))).toEqual([]);
  });
});
