/** What rows are sorted by: texts as they are written, numbers and amounts by how much they are, nothing last. */
export type SortValue = string | number | bigint | undefined;

export interface Sort {
  readonly column: string;
  readonly order: "up" | "down";
}

interface Sortable<Row> {
  readonly id: string;
  readonly sortBy?: (row: Row) => SortValue;
}

/** The rows by a column; as they came where none is chosen, or where the column is not one of these. Rows without a value are last. */
export function sorted<Row>(
  rows: readonly Row[],
  sort: Sort | undefined,
  columns: readonly Sortable<Row>[],
): readonly Row[] {
  const sortBy = columns.find(({ id }) => id === sort?.column)?.sortBy;
  if (sortBy === undefined) return rows;
  const sign = sort?.order === "down" ? -1 : 1;
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .sort((a, b) => {
      if (a.value === undefined || b.value === undefined)
        return Number(a.value === undefined) - Number(b.value === undefined);
      return sign * compared(a.value, b.value);
    })
    .map(({ row }) => row);
}

const compared = (a: string | number | bigint, b: string | number | bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** A click on a column: up, then down, then as it came. */
export function toggledSort(sort: Sort | undefined, column: string): Sort | undefined {
  if (sort?.column !== column) return { column, order: "up" };
  return sort.order === "up" ? { column, order: "down" } : undefined;
}

/** As it stands in the address: `deadline`, `-deadline`. */
export const sortToText = (sort: Sort | undefined): string | undefined =>
  sort === undefined ? undefined : `${sort.order === "down" ? "-" : ""}${sort.column}`;

export function sortOfText(text: unknown): Sort | undefined {
  if (typeof text !== "string" || !/^-?[a-z][a-zA-Z]*$/.test(text)) return undefined;
  return text.startsWith("-") ? { column: text.slice(1), order: "down" } : { column: text, order: "up" };
}
