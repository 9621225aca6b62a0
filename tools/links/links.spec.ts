import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT, readSources } from "../sources.ts";
import { anchorsOf, linksOf } from "./links.ts";

describe("the documents", () => {
  const documents = readSources(".", /\.md$/);
  const links = documents.flatMap(linksOf);

  test("link to each other", () => {
    expect(links.length).toBeGreaterThan(10);
  });

  test("link only to files that are there, inside the repository", () => {
    const wrong = links.filter(({ path }) => path.startsWith("..") || !existsSync(join(ROOT, path)));
    expect(wrong.map(({ where, target }) => `${where} ${target}`)).toEqual([]);
  });

  test("link only to headings that are there", () => {
    const anchors = new Map(documents.map((document) => [document.path, anchorsOf(document)]));
    const wrong = links.filter(({ path, anchor }) => anchor !== undefined && anchors.get(path)?.has(anchor) === false);
    expect(wrong.map(({ where, target }) => `${where} ${target}`)).toEqual([]);
  });
});

describe("links", () => {
  const text = [
    "# One: `two` & three",
    "A [file](b/c.md), a [heading](../d.md#two-words), [here](#one-two--three), [out](../../x.md),",
    "the [web](https://example.org/a.md), `[code](no.md)`, ![picture](p.png) and [folder](b/).",
    "```",
    "[fenced](no.md)",
    "# fenced heading",
    "```",
    "[last](z.md)",
  ].join("\n");
  const source = { path: "docs/a.md", text };

  test("are found with where they lead", () => {
    expect(linksOf(source).map(({ where, path, anchor }) => [where, path, anchor])).toEqual([
      ["docs/a.md:2", "docs/b/c.md", undefined],
      ["docs/a.md:2", "d.md", "two-words"],
      ["docs/a.md:2", "docs/a.md", "one-two--three"],
      ["docs/a.md:2", "../x.md", undefined],
      ["docs/a.md:3", "docs/p.png", undefined],
      ["docs/a.md:3", "docs/b", undefined],
      ["docs/a.md:8", "docs/z.md", undefined],
    ]);
  });

  test("lead to headings as GitHub names them", () => {
    expect([...anchorsOf(source)]).toEqual(["one-two--three"]);
  });
});
