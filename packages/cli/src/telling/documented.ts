import { isInstantLike, writtenAs } from "@offtake/sim/cases";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value for JSON, its amounts, instants and fractions written as documents write them. */
export function documented(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(documented);
  if (isInstantLike(value)) return writtenAs(value);
  if (!isRecord(value)) return value;
  if ("currency" in value && ("micros" in value || "microsPerHour" in value)) return writtenAs(value);
  if (typeof value["num"] === "bigint") return writtenAs(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, documented(item)]));
}
