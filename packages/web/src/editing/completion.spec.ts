import { publishedSchema } from "@offtake/wire/schemas";
import { describe, expect, test } from "vitest";
import { placeOf } from "./place.ts";
import { keysAt, type Schema, valuesAt } from "./schema.ts";

const SCHEMA = publishedSchema("agreement") as Schema;
const HEAD = "schema: offtake/agreement@1\nname: a\n";
const CLAUSE = `${HEAD}clauses:\n  - id: first\n    kind: first-refusal\n`;

/** What is suggested at the end of a text. */
function suggested(text: string): readonly string[] {
  const place = placeOf(text);
  if (place === undefined) return ["nothing"];
  const found = place.key === undefined ? keysAt(SCHEMA, place) : valuesAt(SCHEMA, place, place.key);
  return found.map(({ word }) => word).filter((word) => word.startsWith(place.word));
}

describe("what may be written next", () => {
  test("keys of the document that are not there yet, required ones first", () => {
    const keys = suggested(HEAD);
    expect(keys.slice(0, 2).toSorted()).toEqual(["effective", "parties"]);
    expect(keys).not.toContain("name");
    expect(suggested(`${HEAD}ef`)).toEqual(["effective"]);
  });

  test("keys of a clause of its kind, in a list at any indent", () => {
    expect(suggested(`${CLAUSE}    wind`)).toEqual(["window"]);
    expect(suggested(`${CLAUSE}    `)).not.toContain("kind");
    const commitment = CLAUSE.replace("first-refusal", "commitment");
    expect(suggested(`${commitment}    `)).toContain("amount");
    expect(suggested(`${CLAUSE}    `)).not.toContain("milestones");
    expect(suggested(`${CLAUSE}  - `)).toContain("kind");
  });

  test("values that the schema knows one by one", () => {
    expect(suggested(`${HEAD}clauses:\n  - id: one\n    kind: fir`)).toContain("first-refusal");
    expect(suggested(`${CLAUSE}    mode: `).toSorted()).toEqual(["match", "offer-first"]);
    expect(suggested(`${HEAD}status: `)).toEqual(["draft", "signed", "active"]);
  });

  test("in braces on one line, and below a key", () => {
    expect(suggested(`${HEAD}parties: { buyer: lab, pro`)).toEqual(["provider"]);
    expect(suggested(`${HEAD}parties:\n  b`)).toEqual(["buyer"]);
    expect(suggested(`${CLAUSE}    scope: { acc`)).toEqual(["accelerators"]);
  });

  test("nothing in a comment, and nothing where nobody knows", () => {
    expect(suggested(`${HEAD}# ef`)).toEqual(["nothing"]);
    expect(suggested(`${HEAD}nowhere:\n  x`)).toEqual([]);
  });
});
