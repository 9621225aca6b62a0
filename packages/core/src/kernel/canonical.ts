import { believe } from "./brand.ts";

/**
 * One text for one value, on every engine: JSON without blanks, keys in code-unit order, a bigint as `{"$bigint":"123"}` (a key
 * of a value that starts with `$` gets another one, so that nothing else reads so), keys whose value is undefined left out.
 * Throws for what has no such text: functions, NaN, infinities, and objects that are no plain records, whose content JSON drops.
 */
export function canonicalText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (!Number.isFinite(value)) throw new Error("Broken belief: a recorded number is finite");
      return Object.is(value, -0) ? "0" : String(value);
    case "bigint":
      return `{"$bigint":"${value}"}`;
    case "object":
      return value === null ? "null" : canonicalObject(value);
    default:
      throw new Error(`Broken belief: ${typeof value} is never recorded`);
  }
}

function canonicalObject(value: object): string {
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalText(item ?? null)).join(",")}]`;
  believe(isPlain(value), "only plain records and lists are recorded");
  const source = value as Record<string, unknown>;
  const parts: string[] = [];
  for (const key of Object.keys(source).sort()) {
    if (source[key] === undefined) continue;
    const name = key.startsWith("$") ? `$${key}` : key;
    parts.push(`${JSON.stringify(name)}:${canonicalText(source[key])}`);
  }
  return `{${parts.join(",")}}`;
}

/** True for records, also those of another realm; false for maps, sets, dates and instances of classes. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Total order of two texts by code unit: never by locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
