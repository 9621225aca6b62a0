/** A part of a JSON Schema. */
export type SchemaNode = Readonly<Record<string, unknown>>;

/** A part that is shorter than this, written without blanks, is written where it stands: a reference would be no shorter. */
const SHARED_CHARS_MIN = 70;

/** Keys under which parts stand by names of their own. */
const BY_NAME: ReadonlySet<string> = new Set(["properties", "definitions"]);

const isNode = (value: unknown): value is SchemaNode =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The same schema with every longer part that stands several times written once, under `definitions`, and referred to elsewhere. It
 * allows what the schema allowed. Parts are named after the key under which they first stand.
 */
export function sharedSchema(schema: SchemaNode): SchemaNode {
  const counts = new Map<string, number>();
  count(schema, false, counts);
  const named = isNode(schema["definitions"]) ? schema["definitions"] : {};
  const sharer = new Sharer(counts, named);
  const { definitions: _, ...root } = schema;
  const own = Object.fromEntries(Object.entries(named).map(([name, node]) => [name, sharer.inside(node, name)]));
  const rest = sharer.inside(root, "root") as SchemaNode;
  const definitions = { ...own, ...sharer.definitions };
  return Object.keys(definitions).length === 0 ? rest : { ...rest, definitions };
}

/** How often each part stands in the schema, as text. */
function count(value: unknown, byName: boolean, counts: Map<string, number>): void {
  if (Array.isArray(value)) for (const item of value) count(item, false, counts);
  if (!isNode(value)) return;
  if (!byName) {
    const text = JSON.stringify(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  for (const [key, child] of Object.entries(value)) count(child, BY_NAME.has(key), counts);
}

class Sharer {
  readonly definitions: Record<string, unknown> = {};
  private readonly counts: ReadonlyMap<string, number>;
  /** Names of parts by their text. */
  private readonly names = new Map<string, string>();
  private readonly taken: Set<string>;

  constructor(counts: ReadonlyMap<string, number>, named: SchemaNode) {
    this.counts = counts;
    this.taken = new Set(Object.keys(named));
    for (const [name, node] of Object.entries(named)) this.names.set(JSON.stringify(node), name);
  }

  /** A part as it stands, its own parts shared. */
  inside(value: unknown, key: string, byName = false): unknown {
    if (Array.isArray(value)) return value.map((item) => this.part(item, key));
    if (!isNode(value)) return value;
    // Draft 7 looks at nothing beside a reference; what it refers to has examples of its own.
    const entries = Object.entries(value).filter(([name]) => byName || name !== "examples" || !("$ref" in value));
    return Object.fromEntries(
      entries.map(([name, child]) => {
        if (BY_NAME.has(name) && !byName) return [name, this.inside(child, name, true)];
        return [name, this.part(child, byName ? name : key)];
      }),
    );
  }

  private part(value: unknown, key: string): unknown {
    if (!isNode(value)) return this.inside(value, key);
    const text = JSON.stringify(value);
    const known = this.names.get(text);
    if (known !== undefined) return { $ref: `#/definitions/${known}` };
    if (text.length < SHARED_CHARS_MIN || (this.counts.get(text) ?? 0) < 2) return this.inside(value, key);
    const name = this.nameFor(key);
    this.names.set(text, name);
    this.definitions[name] = this.inside(value, key);
    return { $ref: `#/definitions/${name}` };
  }

  private nameFor(key: string): string {
    let name = `shared-${key}`;
    for (let number = 2; this.taken.has(name); number += 1) name = `shared-${key}-${number}`;
    this.taken.add(name);
    return name;
  }
}
