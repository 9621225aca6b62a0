/** The part of a JSON Schema that completion looks at. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** One word that may stand at a place, and what it says. */
export interface Suggestion {
  readonly word: string;
  readonly about: string;
  /** It must be there. */
  readonly isRequired: boolean;
}

/** What of a document is at a place: the keys on the way to it, `[]` for a list, and what stands beside it. */
export interface At {
  readonly path: readonly string[];
  /** Keys and plain values of the mapping that the place is in. */
  readonly beside: ReadonlyMap<string, string>;
}

/** Keys that may be written at a place and are not there yet, required ones first, in the order of the schema. */
export function keysAt(root: Schema, { path, beside }: At): readonly Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const shape of shapesAt(root, path, beside)) {
    for (const [word, schema] of Object.entries(shape.properties ?? {})) {
      if (beside.has(word) || found.has(word)) continue;
      const about = resolved(root, schema).description ?? schema.description ?? "";
      found.set(word, { word, about, isRequired: shape.required?.includes(word) === true });
    }
  }
  return [...found.values()].toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

/** Values that may be written for a key of a place, where the schema knows them one by one. */
export function valuesAt(root: Schema, { path, beside }: At, key: string): readonly Suggestion[] {
  const words = new Map<string, Suggestion>();
  const add = (value: unknown, about: string): void => {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return;
    const word = String(value);
    if (!words.has(word)) words.set(word, { word, about, isRequired: false });
  };
  // What the mapping says of the key itself must not narrow what may be said of it.
  const others = new Map([...beside].filter(([name]) => name !== key));
  for (const shape of shapesAt(root, path, others)) {
    const schema = shape.properties?.[key];
    if (schema === undefined) continue;
    for (const one of alternativesOf(root, schema)) {
      const about = one.description ?? "";
      if (one.const !== undefined) add(one.const, about);
      for (const value of one.enum ?? []) add(value, about);
      if (one.type === "boolean") for (const value of [true, false]) add(value, about);
    }
  }
  return [...words.values()];
}

/** What a place may look like: of several shapes those that what stands there does not contradict. */
function shapesAt(root: Schema, path: readonly string[], beside: ReadonlyMap<string, string>): readonly Schema[] {
  let shapes = alternativesOf(root, root);
  for (const step of path) {
    shapes = shapes.flatMap((shape) => {
      const next = step === "[]" ? shape.items : shape.properties?.[step];
      return next === undefined ? [] : alternativesOf(root, next);
    });
  }
  const fitting = shapes.filter((shape) => fits(root, shape, beside));
  return fitting.length === 0 ? shapes : fitting;
}

/** A shape says of some keys which values they have: `kind: first-refusal`. */
function fits(root: Schema, { properties = {} }: Schema, beside: ReadonlyMap<string, string>): boolean {
  return [...beside].every(([key, value]) => {
    const schema = properties[key];
    if (schema === undefined || value === "") return true;
    const known = alternativesOf(root, schema).flatMap((one) =>
      one.const === undefined ? (one.enum ?? []) : [one.const],
    );
    return known.length === 0 || known.some((one) => String(one) === value);
  });
}

function alternativesOf(root: Schema, schema: Schema): readonly Schema[] {
  const here = resolved(root, schema);
  const { anyOf = [], oneOf = [], allOf = [] } = here;
  const inner = [...anyOf, ...oneOf, ...allOf].flatMap((one) => alternativesOf(root, one));
  return inner.length === 0 ? [here] : [...inner, ...(here.properties === undefined ? [] : [here])];
}

function resolved(root: Schema, schema: Schema): Schema {
  const name = /^#\/definitions\/(.+)$/.exec(schema.$ref ?? "")?.[1];
  const found = name === undefined ? undefined : root.definitions?.[name];
  if (found === undefined) return schema;
  return { ...resolved(root, found), ...(schema.description === undefined ? {} : { description: schema.description }) };
}
