/** Filters of a list, as they stand in the address: each field with the values of which one must hold. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** Values of a field stand behind each other with commas; a comma in a value is escaped. */
const joined = (values: readonly string[]): string =>
  values.map((value) => value.replaceAll("\\", "\\\\").replaceAll(",", "\\,")).join(",");

function split(text: string): readonly string[] {
  const values: string[] = [];
  let value = "";
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === "\\" && at + 1 < text.length) {
      at += 1;
      value += text[at];
    } else if (char === ",") {
      values.push(value);
      value = "";
    } else value += char;
  }
  return [...values, value].filter((one) => one !== "");
}

/** What stands in the address for these filters: a field without a value is not in it. */
export function filtersToSearch(filters: Filters): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(filters)
      .filter(([, values]) => values.length > 0)
      .map(([field, values]) => [field, joined(values)]),
  );
}

/** The filters of an address; fields that the list does not have are left out, and so is everything that is no text. */
export function filtersOfSearch(search: Readonly<Record<string, unknown>>, fields: readonly string[]): Filters {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const text = search[field];
      const values = typeof text === "string" || typeof text === "number" ? split(String(text)) : [];
      return values.length === 0 ? [] : [[field, [...new Set(values)]]];
    }),
  );
}

/** Takes a value up, or lets it go where it is there. */
export function toggled(filters: Filters, field: string, value: string): Filters {
  const before = filters[field] ?? [];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const { [field]: _, ...others } = filters;
  return after.length === 0 ? others : { ...others, [field]: after };
}

/** A row passes where each field has one of the values asked for. */
export function passes(filters: Filters, valueOf: (field: string) => string | readonly string[] | undefined): boolean {
  return Object.entries(filters).every(([field, wanted]) => {
    const value = valueOf(field);
    const own = value === undefined ? [] : typeof value === "string" ? [value] : value;
    return wanted.some((one) => own.includes(one));
  });
}
