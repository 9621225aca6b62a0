/** JSON for machines: amounts too large for a number are texts, and so is everything exact. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? String(item) : item), 2)}\n`;
}
