import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bookDocument } from "../book/index.ts";
import { expectationKinds, stepDocuments } from "../cases/index.ts";
import { publishedSchema, SCHEMA_NAMES, wholeSchema } from "./index.ts";

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: unknown;
  readonly definitions?: Readonly<Record<string, Node>>;
  readonly oneOf?: readonly Node[];
  readonly const?: string;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
}

const schemaOf = (name: (typeof SCHEMA_NAMES)[number]): Node => wholeSchema(name);

describe("the published schemas", () => {
  test.each(SCHEMA_NAMES)("[WIR23] %s is the one on disk", (name) => {
    const text = readFileSync(`packages/wire/schemas/${name}.v1.json`, "utf8");
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(publishedSchema(name))));
  });

  test("[WIR23] hold every key of a book, every verb and every expectation", () => {
    expect(Object.keys(schemaOf("book").properties ?? {}).sort()).toEqual(
      ["schema", ...Object.keys(bookDocument.shape)].sort(),
    );
    const { definitions } = schemaOf("case");
    const verbs = definitions?.["Step"]?.oneOf?.map((node) => node.properties?.["do"]?.const);
    expect(verbs).toEqual(Object.keys(stepDocuments));
    const kinds = Object.keys(definitions ?? {}).filter((name) => name.startsWith("Expect-"));
    expect(kinds.map((name) => name.slice(7))).toEqual(Object.keys(expectationKinds));
  });

  test("[WIR23] refuse unknown keys as the reading does, and show examples that fit their own pattern", () => {
    const definitions = Object.values(schemaOf("book").definitions ?? {});
    const closed = definitions.filter((node) => node.properties !== undefined);
    expect(closed.length).toBeGreaterThan(15);
    expect(closed.filter((node) => node.additionalProperties !== false)).toEqual([]);
    const shown = definitions.filter((node) => node.pattern !== undefined && node.examples !== undefined);
    expect(shown.length).toBeGreaterThan(8);
    for (const { pattern, examples } of shown) {
      for (const example of (examples ?? []).filter((one) => typeof one === "string"))
        expect(example).toMatch(new RegExp(pattern ?? ""));
    }
  });
});
