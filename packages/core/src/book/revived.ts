/** Undoes what canonical text does to values: big numbers, and keys that begin like the mark of one. In place. */
export function revived(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) value[index] = revived(value[index]);
    return value;
  }
  const source = value as Record<string, unknown>;
  if (typeof source["$bigint"] === "string") return BigInt(source["$bigint"]);
  for (const key of Object.keys(source)) {
    const inner = revived(source[key]);
    if (!key.startsWith("$")) source[key] = inner;
    else {
      delete source[key];
      source[key.slice(1)] = inner;
    }
  }
  return source;
}
