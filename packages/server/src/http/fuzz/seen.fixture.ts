import type { Random } from "@offtake/core/kernel";
import type { Spot } from "./fuzz.fixture.ts";

/** Of each kind so many are remembered for each caller; the oldest make room. */
const EACH_MAX = 40;
/** After so many calls whatever can be listed is listed again. */
const LOOK_EVERY = 200;

/** An address that is known to be one, in the place of the beginning of a path. */
interface Thing {
  readonly template: string;
  readonly address: string;
}

/** What callers were told that there is: addresses of things, names of each kind, and versions. */
export class Seen {
  private readonly things = new Map<string, string[]>();
  private readonly names = new Map<string, string[]>();
  private readonly etags = new Map<string, string>();
  private readonly rounds: readonly Spot[];
  private readonly parameters: ReadonlySet<string>;
  /** For the path of each list, the parameter that one of its things is named by. */
  private readonly children: ReadonlyMap<string, string>;

  constructor(spots: readonly Spot[], often: readonly string[]) {
    this.children = new Map(
      spots.flatMap(({ path }) => {
        const [, list = "", name = ""] = /^(.+)\/\{(\w+)\}(?:\/[\w-]+)*$/.exec(path) ?? [];
        return list === "" || name === "book" ? [] : [[list, name] as const];
      }),
    );
    this.parameters = new Set(
      spots.flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "")),
    );
    const again = often.flatMap((id) => spots.filter(({ operation }) => operation["operationId"] === id));
    const lists = spots.filter(({ method, path }) => method === "get" && this.children.has(path));
    this.rounds = [...again, ...lists];
  }

  /** What is to be called now: of every so many calls the first; undefined where it is time for something else. */
  looks(index: number): Spot | undefined {
    return this.rounds[index % LOOK_EVERY];
  }

  note(as: string, { path }: Spot, url: string, text: string, etag: string | null): void {
    const address = new URL(url).pathname;
    if (etag !== null) this.etags.set(`${as} ${address}`, etag);
    const child = this.children.get(path);
    for (const [, key = "", value = ""] of text.slice(0, 20_000).matchAll(/"(\w+)":"([A-Za-z][\w.:-]{1,60})"/g))
      if (key !== child && this.parameters.has(key)) keepIn(this.names, `${as} ${key}`, value);
    if (child === undefined) return;
    for (const one of thingsIn(text)) {
      const value = one["id"] ?? one[child] ?? one["reference"];
      if (typeof value !== "string") continue;
      keepIn(this.things, `${as} ${path}/{${child}}`, `${address}/${encodeURIComponent(value)}`);
      keepIn(this.names, `${as} ${child}`, value);
    }
  }

  /** Something that the caller was told of, whose address is how the path begins: the one that says most. */
  thing(as: string, path: string, random: Random): Thing | undefined {
    const ends = [...path.matchAll(/\}/g)].map(({ index }) => index + 1).reverse();
    for (const end of ends) {
      const template = path.slice(0, end);
      const known = this.things.get(`${as} ${template}`);
      if (known !== undefined) return { template, address: newestOf(known, random) };
    }
    return undefined;
  }

  pick(as: string, name: string, random: Random): string | undefined {
    const known = this.names.get(`${as} ${name}`);
    return known === undefined ? undefined : newestOf(known, random);
  }

  /** The version of what an address changes, as it was told last: of the address itself, or of one above it. */
  etag(as: string, address: string): string | undefined {
    for (let at = address; at.includes("/v1/"); at = at.slice(0, at.lastIndexOf("/"))) {
      const etag = this.etags.get(`${as} ${at}`) ?? this.etags.get(`${as} ${at}/plan`);
      if (etag !== undefined) return etag;
    }
    return undefined;
  }
}

/** What is new is more often still open. */
const newestOf = (known: readonly string[], random: Random): string =>
  random.chance(1, 2) ? (known.at(-1 - random.below(Math.min(4, known.length))) ?? "") : random.pick(known);

function keepIn(all: Map<string, string[]>, name: string, value: string): void {
  const list = all.get(name) ?? [];
  all.set(name, list);
  const before = list.indexOf(value);
  if (before >= 0) list.splice(before, 1);
  list.push(value);
  if (list.length > EACH_MAX) list.shift();
}

/** What a list lists, or what was made in it. */
function thingsIn(text: string): readonly Readonly<Record<string, unknown>>[] {
  if (!text.startsWith('{"data":')) return [];
  try {
    const { data } = JSON.parse(text) as { readonly data: unknown };
    const all: readonly unknown[] = Array.isArray(data) ? data : [data];
    return all.flatMap((one) =>
      typeof one === "object" && one !== null ? [one as Readonly<Record<string, unknown>>] : [],
    );
  } catch {
    return [];
  }
}
