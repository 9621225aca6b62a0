import type { Random } from "@offtake/core/kernel";

/** A part of the OpenAPI document. */
export type Node = { readonly [key: string]: unknown };

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

/** Deeper than this a value is as short as its schema lets it be. */
const DEPTH_MAX = 6;

const DATES = ["2036-02-04", "2036-03-01", "2030-01-01", "2036-02-04T00:00:00Z", "2036-12-31T23:59:59.999Z"] as const;
const TEXTS = [
  "",
  "x",
  "H100",
  "us",
  "2.40 USD/h",
  "64 days",
  "inference",
  "5 business days",
  "0",
  "\u202e\u0000é",
  "=1+1",
];

/** Makes values of JSON Schemas: mostly such as fit, of words that mean something in the book. */
export class Values {
  private readonly random: Random;
  private readonly schemas: Node;
  /** Ids that there are, and some that there are not. */
  private readonly names: readonly string[];

  constructor(random: Random, document: Node, names: readonly string[]) {
    this.random = random;
    this.schemas = (document["components"] as Node)["schemas"] as Node;
    this.names = names;
  }

  of(schema: unknown, depth = 0): unknown {
    if (!isNode(schema)) return this.text();
    const { $ref, const: constant, enum: words, allOf, anyOf, oneOf, type, examples } = schema;
    if (typeof $ref === "string") return this.of(this.schemas[$ref.replace("#/components/schemas/", "")], depth + 1);
    if (constant !== undefined) return constant;
    if (Array.isArray(words)) return this.random.pick<unknown>(words);
    if (Array.isArray(examples) && this.random.chance(3, 4)) return this.random.pick<unknown>(examples);
    const several: unknown = allOf ?? anyOf ?? oneOf;
    if (Array.isArray(several)) return this.of(this.random.pick<unknown>(several), depth + 1);
    const one: unknown = Array.isArray(type) ? this.random.pick<unknown>(type) : type;
    if (one === "object") return this.object(schema, depth);
    if (one === "array") return this.list(schema, depth);
    if (one === "integer" || one === "number") return this.random.pick([1, 8, 64, 96, 1024]);
    if (one === "boolean") return this.random.chance(1, 2);
    if (one === "null") return null;
    return schema["format"] === "date-time" ? this.random.pick(DATES) : this.text();
  }

  text(): string {
    if (this.random.chance(1, 2)) return this.random.pick(this.names);
    return this.random.chance(1, 3) ? this.random.pick(DATES) : this.random.pick(TEXTS);
  }

  private object({ properties, required, additionalProperties }: Node, depth: number): unknown {
    const needed = new Set(Array.isArray(required) ? (required as readonly unknown[]) : []);
    const entries = Object.entries(isNode(properties) ? properties : {}).filter(
      ([key]) => needed.has(key) || (depth < DEPTH_MAX && this.random.chance(1, 3)),
    );
    const made = Object.fromEntries(entries.map(([key, child]) => [key, this.of(child, depth + 1)]));
    if (isNode(additionalProperties) && depth < DEPTH_MAX) made[this.text()] = this.of(additionalProperties, depth + 1);
    return made;
  }

  private list({ items, minItems }: Node, depth: number): unknown {
    const least = typeof minItems === "number" ? minItems : 0;
    const count = depth >= DEPTH_MAX ? least : least + this.random.below(3);
    return Array.from({ length: count }, () => this.of(items, depth + 1));
  }

  /** The same value with something wrong in it, somewhere. */
  broken(value: unknown): unknown {
    if (isNode(value) && Object.keys(value).length > 0 && this.random.chance(3, 4)) {
      const key = this.random.pick(Object.keys(value));
      const { [key]: child, ...rest } = value;
      const what = this.random.below(4);
      if (what === 0) return rest;
      if (what === 1) return { ...value, [this.random.pick(ODD_KEYS)]: this.random.pick(ODD) };
      return { ...rest, [key]: this.broken(child) };
    }
    if (Array.isArray(value) && value.length > 0 && this.random.chance(1, 2))
      return value.map((item, index) => (index === 0 ? this.broken(item) : (item as unknown)));
    return this.random.pick(ODD);
  }
}

const ODD_KEYS = ["__proto__", "constructor", "toString", "acelerators", "", "a.b[0]", "x".repeat(5_000)] as const;

/** Values of no kind that anything asks for. */
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  2 ** 60,
  "",
  "\u0000",
  "x".repeat(20_000),
  "9".repeat(400),
  "2036-02-30",
  "-271821-04-20T00:00:00Z",
  "999999999 days",
  "1e9 USD/h",
  [],
  {},
  [[[[[[[[]]]]]]]],
  { a: { b: { c: { d: {} } } } },
  "../../etc/passwd",
  "'; drop table log; --",
  "<script>alert(1)</script>",
];
