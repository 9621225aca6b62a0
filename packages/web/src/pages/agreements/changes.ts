export interface Change {
  /** Where: names of keys behind each other, members of a list by their id. */
  readonly path: string;
  readonly what: "added" | "removed" | "changed";
  readonly before?: string;
  readonly after?: string;
}

/** What the second of two documents says otherwise, leaf by leaf. A part that came or went as a whole is one change. */
export function changesOf(before: unknown, after: unknown, path = ""): readonly Change[] {
  if (same(before, after)) return [];
  if (before === undefined) return [{ path, what: "added", after: textOf(after) }];
  if (after === undefined) return [{ path, what: "removed", before: textOf(before) }];
  const [one, other] = [partsOf(before), partsOf(after)];
  if (one === undefined || other === undefined)
    return [{ path, what: "changed", before: textOf(before), after: textOf(after) }];
  const names = [...new Set([...one.keys(), ...other.keys()])];
  return names.flatMap((name) => changesOf(one.get(name), other.get(name), path === "" ? name : `${path} › ${name}`));
}

/** The parts of a value by name; undefined where it has none. Members of a list are known by their id, where all have one. */
function partsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const members: readonly unknown[] = value;
  const ids = members.map((one) =>
    typeof one === "object" && one !== null && "id" in one ? String(one.id) : undefined,
  );
  if (ids.some((id) => id === undefined) || new Set(ids).size < ids.length) return undefined;
  return new Map(members.map((one, index) => [ids[index] ?? "", one]));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Clauses of the first of two versions that the second no longer has. */
export function clausesGone(before: unknown, after: unknown): readonly string[] {
  return changesOf(before, after).flatMap(({ path, what }) => {
    const [key, clause, ...rest] = path.split(" › ");
    return what === "removed" && key === "clauses" && clause !== undefined && rest.length === 0 ? [clause] : [];
  });
}
