import { Ajv, type ValidateFunction } from "ajv";
import { describe, expect, test } from "vitest";
import { agreementFile } from "../../packages/wire/src/agreements/index.ts";
import { bookFile } from "../../packages/wire/src/book/index.ts";
import { caseFile } from "../../packages/wire/src/cases/index.ts";
import { requestFile } from "../../packages/wire/src/requests/index.ts";
import {
  type JsonSchema,
  publishedSchema,
  SCHEMA_NAMES,
  type SchemaName,
  wholeSchema,
} from "../../packages/wire/src/schemas/index.ts";
import { plainValue, readSource } from "../../packages/wire/src/source/index.ts";
import { storyFile } from "../../packages/wire/src/stories/index.ts";
import { readSources } from "../sources.ts";

/** The published schemas as a JSON Schema validator reads them, beside the schemas by which Offtake reads. */
const READ = { book: bookFile, agreement: agreementFile, request: requestFile, case: caseFile, story: storyFile };

const compile = (schema: JsonSchema): ValidateFunction => new Ajv({ strict: false, allErrors: false }).compile(schema);
const published = Object.fromEntries(SCHEMA_NAMES.map((name) => [name, compile(publishedSchema(name))])) as Record<
  SchemaName,
  ValidateFunction
>;

/** Kinds that people write by hand, so that the repository holds some; a mapping of columns is written by the import. */
const KINDS = Object.keys(READ) as readonly (keyof typeof READ)[];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

interface Sample {
  readonly path: string;
  readonly kind: keyof typeof READ;
  readonly value: Json;
}

/** Every document of the repository that says what it is. */
const samples = ["docs", "conformance", "scenarios"]
  .flatMap((folder) => readSources(folder, /\.ya?ml$/))
  .flatMap(({ path, text }): Sample[] => {
    const { root, problems } = readSource({ name: path, text });
    if (root === undefined || problems.length > 0) return [];
    const value = plainValue(root) as Json;
    const schema = typeof value === "object" && value !== null && !Array.isArray(value) ? value["schema"] : undefined;
    const kind = KINDS.find((name) => schema === `offtake/${name}@1`);
    return kind === undefined ? [] : [{ path, kind, value }];
  });

describe("the published schemas under a validator", () => {
  test("there are documents of every kind", () => {
    for (const kind of KINDS) expect(samples.filter((one) => one.kind === kind).length).toBeGreaterThan(0);
    expect(samples.length).toBeGreaterThan(100);
  });

  test.each(samples.map(({ path, kind, value }) => [path, kind, value] as const))("take %s, a %s", (_, kind, value) => {
    const isValid = published[kind](value);
    expect(published[kind].errors ?? []).toEqual([]);
    expect(isValid).toBe(true);
  });

  test.each(KINDS)("of a %s allow what they allow with nothing shared", (kind) => {
    const whole = compile(wholeSchema(kind));
    for (const value of changedSamples(kind, 150)) expect(published[kind](value)).toBe(whole(value));
  });

  test.each(KINDS)("of a %s refuse nothing that is read, and all that its shape alone refuses", (kind) => {
    let refused = 0;
    let readable = 0;
    const differences: unknown[] = [];
    for (const value of changedSamples(kind, 600)) {
      const result = READ[kind].safeParse(value);
      const isValid = published[kind](value);
      if (result.success) readable += 1;
      const isShape = !result.success && isOfShape(result.error.issues);
      if (isShape) refused += 1;
      if (result.success && !isValid) differences.push({ read: true, value });
      if (isShape && isValid) differences.push({ read: false, value });
    }
    expect(differences).toEqual([]);
    expect(refused).toBeGreaterThan(20);
    expect(readable).toBeGreaterThan(5);
  });

  test("stay small enough to be fetched by an editor", () => {
    const chars = SCHEMA_NAMES.map((name) => JSON.stringify(publishedSchema(name)).length);
    expect(Math.max(...chars)).toBeLessThan(160_000);
  });
});

interface Issue {
  readonly code: string;
  readonly errors?: readonly (readonly Issue[])[];
}

/** What a JSON Schema can see: kinds of values, keys, words and bounds; not what a text means. */
function isOfShape(issues: readonly Issue[]): boolean {
  return issues.some(({ code, errors }) => {
    if (code === "custom") return false;
    return code === "invalid_union" && errors !== undefined && errors.length > 0 ? errors.every(isOfShape) : true;
  });
}

/** Documents of one kind with one place changed: a key too many, a key gone, another kind of value. At most so many, spread evenly. */
function changedSamples(kind: keyof typeof READ, most: number): Json[] {
  // A file that is named in a step is put in its place before its document is read: here there is none.
  const all = samples.filter((one) => one.kind === kind && READ[kind].safeParse(one.value).success).slice(0, 30);
  const made = all.flatMap(({ value }) => [value, ...placesIn(value).flatMap((place) => changesAt(value, place))]);
  const step = Math.max(1, Math.floor(made.length / most));
  return made.filter((_, index) => index % step === 0);
}

type Place = readonly (string | number)[];

function placesIn(value: Json, place: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [place];
  const children = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
  return [place, ...children.flatMap(([key, child]) => placesIn(child, [...place, key]))];
}

function changesAt(root: Json, place: Place): Json[] {
  const at = (change: (value: Json) => Json): Json => replaced(root, place, change);
  const here = place.reduce<Json>((value, key) => (value as Record<string | number, Json>)[key] as Json, root);
  const isMap = typeof here === "object" && here !== null && !Array.isArray(here);
  const others: Json[] = isMap
    ? ["word", []]
    : Array.isArray(here)
      ? [{ zzz: 1 }, 7]
      : [{ zzz: 1 }, [], -1.5, true, "\u0001"];
  return [
    ...(isMap ? [at((value) => ({ ...(value as object), zzz: 1 }))] : []),
    ...(isMap ? Object.keys(here).map((key) => at((value) => without(value, key))) : []),
    ...others.map((other) => at(() => other)),
  ];
}

function without(value: Json, key: string): Json {
  return Object.fromEntries(Object.entries(value as Record<string, Json>).filter(([name]) => name !== key));
}

function replaced(value: Json, [first, ...rest]: Place, change: (value: Json) => Json): Json {
  if (first === undefined) return change(value);
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? replaced(item, rest, change) : item));
  const map = value as Record<string, Json>;
  return { ...map, [first]: replaced(map[first] as Json, rest, change) };
}
