import { describe, expect, test } from "vitest";
import { readSources } from "../sources.ts";
import { wrongArrows } from "./arrows.ts";
import { importsOf } from "./imports.ts";
import { reachedFrom } from "./reached.ts";

describe("the sources", () => {
  const sources = readSources("packages", /\.[cm]?tsx?$/);

  test("are read, and import each other", () => {
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(sources.length);
  });

  test("that a broker in a page is made of reach neither Node, but for its hashes, nor a package that needs it", () => {
    const reached = reachedFrom("packages/server/src/page/index.ts", sources);
    expect(reached.paths).toContain("packages/core/src/book/index.ts");
    expect(
      reached.paths.filter((path) => /\/(?:postgres|embedded|office|letters|links|webhooks)\//.test(path)),
    ).toEqual([]);
    expect([...reached.outside].toSorted()).toEqual([
      "@hono/zod-openapi",
      "@noble/hashes",
      "fastest-levenshtein",
      "hono",
      "node:crypto",
      "temporal-polyfill",
      "yaml",
      "zod",
    ]);
  });

  test("that check evidence, and read lists, in a page reach no Node at all", () => {
    for (const start of ["server/src/evidence", "intake/src/agreements"]) {
      const { outside } = reachedFrom(`packages/${start}/index.ts`, sources);
      expect([...outside].filter((name) => name.startsWith("node:"))).toEqual([]);
    }
  });

  test("point every import downwards", () => {
    expect(sources.flatMap(wrongArrows)).toEqual([]);
  });
});

describe("imports", () => {
  test("are found in every form", () => {
    const text = `
      import a from "static";
      import type { B } from "type";
      import { type C } from "inline-type";
      import "side-effect";
      export * from "export-all";
      export type { D } from "export-type";
      export { e } from "export-named";
      const f = await import("dynamic");
      const g = await import(\`template\`);
      const h = await import(a + "computed");
      type I = import("import-type").I;
      // import "comment";
      const j = 'import "string"';
    `;
    const found = importsOf({ path: "packages/core/src/kernel/a.ts", text });
    expect(found.map((one) => `${one.line} ${one.specifier}${one.typeOnly ? " type" : ""}`)).toEqual([
      "2 static",
      "3 type type",
      "4 inline-type type",
      "5 side-effect",
      "6 export-all",
      "7 export-type type",
      "8 export-named",
      "9 dynamic",
      "10 template",
      "11 undefined",
      "12 import-type type",
    ]);
  });

  test("of a text that does not parse are an error, not an empty list", () => {
    expect(() => importsOf({ path: "packages/core/src/kernel/a.ts", text: "import {" })).toThrow(
      "packages/core/src/kernel/a.ts: ",
    );
  });
});

describe("a planted arrow", () => {
  test.each([
    ["core/src/kernel/a.ts", "../calendar/index.ts", "kernel looks up to calendar"],
    ["core/src/calendar/a.ts", "../scope/index.ts", "same rung"],
    ["core/src/agreements/a.ts", "../requests/index.ts", "same rung"],
    ["core/src/requests/a.ts", "../agreements/index.ts", "same rung"],
    ["core/src/prices/a.ts", "../rights/index.ts", "same rung"],
    ["core/src/notices/a.ts", "../book/events.ts", "notices looks up to book"],
    ["core/src/book/a.ts", "../disclosure/index.ts", "book looks up to disclosure"],
    ["core/src/book/a.ts", "../audit/index.ts", "audit stands apart"],
    ["core/src/notices/a.spec.ts", "../audit/index.ts", "audit stands apart"],
    ["core/src/audit/a.ts", "../book/decide.ts", "types of the book only"],
    ["core/src/audit/a.ts", "../rights/index.ts", "types of the book only"],
    ["core/src/a.ts", "./kernel/index.ts", "is not on the ladder"],
    ["core/src/utils/a.ts", "../kernel/index.ts", "utils is not on the ladder"],
    ["core/src/book/a.ts", "../utils/index.ts", "utils is not on the ladder"],
    ["core/src/calendar/a.ts", "zod", "core may not import the package zod"],
    ["core/src/rights/a.ts", "temporal-polyfill", "only calendar imports temporal-polyfill"],
    ["core/src/kernel/a.ts", "node:fs", "core does not know Node"],
    ["core/src/kernel/a.spec.ts", "node:fs", "core does not know Node"],
    ["core/src/kernel/a.ts", "vitest", "core may not import the package vitest"],
    ["core/src/kernel/a.ts", "@offtake/wire", "core may not import wire"],
    ["core/src/book/a.ts", "@offtake/core/kernel", "inside a package the import is relative"],
    ["core/src/book/a.ts", "../../../wire/src/index.ts", "stays inside its package"],
    ["wire/src/a.ts", "@offtake/intake", "wire may not import intake"],
    ["wire/src/a.ts", "node:fs", "wire does not know Node"],
    ["sim/src/a.ts", "node:fs", "sim does not know Node"],
    ["store/src/memory/a.ts", "node:fs", "memory runs in a browser as well"],
    ["store/src/postgres/a.ts", "@offtake/sim", "store may not import sim"],
    ["sim/src/a.ts", "zod", "sim may not import the package zod"],
    ["intake/src/a.ts", "@offtake/cli", "intake may not import cli"],
    ["intake/src/a.ts", "@offtake/sim", "intake may not import sim"],
    ["cli/src/a.ts", "../../../tools/sources.ts", "stays inside its package"],
    ["cli/src/a.ts", "left-pad", "cli may not import the package left-pad"],
    ["web/src/app/a.tsx", "node:fs", "web does not know Node"],
    ["web/src/app/a.tsx", "@offtake/server/http", "web may not import server"],
    ["web/src/app/a.tsx", "@offtake/server/page", "web may not import server"],
    ["web/src/demo/a.ts", "@offtake/server/http", "web may not import server"],
    ["web/src/app/a.tsx", "left-pad", "web may not import the package left-pad"],
    ["other/src/a.ts", "@offtake/core", "other is not in the table"],
  ])("from %s to %s is found", (path, specifier, reason) => {
    for (const text of [
      `import { a } from "${specifier}";`,
      `export { a } from "${specifier}";`,
      `const a = await import("${specifier}");`,
    ]) {
      const found = wrongArrows({ path: `packages/${path}`, text });
      expect(found).toHaveLength(1);
      expect(found[0]).toContain(`packages/${path}:1 imports ${specifier}: `);
      expect(found[0]).toContain(reason);
    }
  });

  test("with a computed name is found", () => {
    const source = { path: "packages/cli/src/a.ts", text: "export const a = await import(process.argv[2] ?? '');" };
    expect(wrongArrows(source)).toEqual(["packages/cli/src/a.ts:1 imports ?: the name of the module is computed"]);
  });
});

describe("an arrow that is allowed", () => {
  test.each([
    ["core/src/calendar/a.ts", 'import { Temporal } from "temporal-polyfill";'],
    ["core/src/rights/a.ts", 'import { a } from "../prices/index.ts";'],
    ["core/src/rights/a.ts", 'import { a } from "../commitments/index.ts";'],
    ["core/src/book/a.ts", 'import { a } from "../requests/terms.ts";'],
    ["core/src/book/a.ts", 'import { a } from "./events.ts";'],
    ["core/src/book/a.spec.ts", 'import { a } from "../audit/index.ts";'],
    ["core/src/audit/a.ts", 'import type { A } from "../book/events.ts";'],
    ["core/src/audit/a.ts", 'import { a } from "../kernel/index.ts";'],
    ["core/src/kernel/a.spec.ts", 'import { test } from "vitest"; import fc from "fast-check";'],
    ["wire/src/a.spec.ts", 'import { readFileSync } from "node:fs";'],
    ["wire/src/a.ts", 'import { a } from "@offtake/core/calendar"; import { z } from "zod";'],
    ["intake/src/a.ts", 'import { parse } from "csv-parse/sync"; import { readFile } from "node:fs/promises";'],
    ["web/src/app/a.tsx", 'import { use } from "react"; import { Client } from "@offtake/client";'],
    [
      "web/src/demo/a.ts",
      'import { Books } from "@offtake/server/page"; import { sha256 } from "@offtake/store/memory";',
    ],
    [
      "web/src/journeys/a.spec.tsx",
      'import { readFileSync } from "node:fs"; import { a } from "@offtake/server/broker";',
    ],
    ["cli/src/a.ts", 'const sim = await import("@offtake/sim");'],
  ])("in %s: %s", (path, text) => {
    expect(wrongArrows({ path: `packages/${path}`, text })).toEqual([]);
  });
});
