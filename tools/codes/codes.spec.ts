import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeText, isPhrased } from "../../packages/core/src/explanation/codes.ts";
import { ROOT } from "../sources.ts";

const CORE = join(ROOT, "packages/core/src");

/** Areas whose codes reach people in words. */
const AREAS = ["awards", "book", "notices", "tenders", "requests", "rights"];
/** How the sources write a code of a reason. */
const WRITTEN = [
  /\bwhy: "([a-z_]+)"/g,
  /\bdefects\.push\((?:[^()"]*\? )?"([a-z_]+)"/g,
  /\bjudged\("[a-z_]+", "([a-z_]+)"\)/g,
  /\bnot\("([a-z_]+)"\)/g,
];
/** Files that answer with nothing but codes of reasons. */
const RETURNING = ["awards/fit.ts", "book/exclusion.ts", "book/flow-down.ts"];

function sources(): readonly (readonly [string, string])[] {
  return AREAS.flatMap((area) =>
    readdirSync(join(CORE, area))
      .filter((name) => name.endsWith(".ts") && !/\.(spec|fixture)\.ts$/.test(name))
      .map((name) => [`${area}/${name}`, readFileSync(join(CORE, area, name), "utf8")] as const),
  );
}

function codesWritten(): readonly string[] {
  const found = sources().flatMap(([name, text]) => {
    const patterns = RETURNING.includes(name) ? [...WRITTEN, /\breturn "([a-z]+(?:_[a-z]+)+)"/g] : WRITTEN;
    return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code = ""]) => code));
  });
  return [...new Set(found)];
}

test("[EXP22] every code of a reason that the sources write has its phrase", () => {
  const codes = codesWritten();
  expect(codes.length).toBeGreaterThan(60);
  expect(codes.filter((code) => !isPhrased(code))).toEqual([]);
});

test("[EXP22] a phrase is words: no underscore is left in it", () => {
  expect(codesWritten().filter((code) => /[_:]/.test(codeText(code)))).toEqual([]);
});
