import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { FilterChips } from "../filters/filter-chips.tsx";
import { type Filters, filtersOfSearch, filtersToSearch, passes } from "../filters/filters.ts";
import { NoneMatch, TooLarge } from "../lists/list-states.tsx";
import { type Column, DataTable, type RowAction } from "../table/data-table.tsx";
import { sortOfText, sortToText } from "../table/sort.ts";
import type { ListSearch } from "../app/search.ts";

interface FieldOf<Row> {
  readonly field: "status" | "kind";
  readonly label: string;
  readonly valueOf: (row: Row) => string;
  readonly wordOf: (value: string) => string;
}

interface ListProps<Row> {
  /** What is listed: "requests". */
  readonly of: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly idOf: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** What else can be done with a row than to open it and to copy its id. */
  readonly actionsOf?: (row: Row) => readonly RowAction[];
  readonly fields?: readonly FieldOf<Row>[];
  /** What stands there while there is nothing at all. */
  readonly empty: ReactNode;
  /** There are more than were read: the command that gets all of them. */
  readonly more?: string | undefined;
}

/** A list whose filter and order stand in the address, with a word for each reason why it may be empty. */
export function List<Row extends object>({
  of,
  rows,
  columns,
  idOf,
  onOpen,
  actionsOf,
  fields = [],
  empty,
  more,
}: ListProps<Row>) {
  const search: ListSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const filters = filtersOfSearch(
    search as Record<string, unknown>,
    fields.map(({ field }) => field),
  );
  const change = (next: Filters): void => {
    void navigate({
      to: ".",
      replace: true,
      search: ({ status: _, kind: __, ...others }) => ({ ...others, ...filtersToSearch(next) }),
    });
  };
  if (rows.length === 0) return <Framed>{empty}</Framed>;
  const valueIn = (row: Row) => (name: string) => fields.find(({ field }) => field === name)?.valueOf(row);
  const shown = rows.filter((row) => passes(filters, valueIn(row)));
  return (
    <div className="space-y-3">
      <FilterChips
        fields={fields.map(({ field, label, valueOf, wordOf }) => ({
          field,
          label,
          values: countedValues(rows, valueOf).map(([value, count]) => ({ value, label: wordOf(value), count })),
        }))}
        filters={filters}
        onChange={change}
      />
      <Framed>
        {shown.length === 0 ? (
          <NoneMatch of={`${rows.length} ${of}`} onClear={() => change({})} />
        ) : (
          <DataTable
            label={`${of.charAt(0).toUpperCase()}${of.slice(1)}`}
            rows={shown}
            columns={columns}
            idOf={idOf}
            sort={sortOfText(search.sort)}
            onSort={(sort) =>
              void navigate({
                to: ".",
                replace: true,
                search: ({ sort: _, ...others }) => {
                  const text = sortToText(sort);
                  return text === undefined ? others : { ...others, sort: text };
                },
              })
            }
            {...(onOpen === undefined ? {} : { onOpen })}
            actionsOf={(row) => [
              ...(onOpen === undefined ? [] : [{ label: "Open", run: () => onOpen(row) }]),
              ...(actionsOf?.(row) ?? []),
              { label: "Copy its id", run: () => void navigator.clipboard.writeText(idOf(row)) },
            ]}
          />
        )}
        {more === undefined ? undefined : <TooLarge shown={rows.length} command={more} />}
      </Framed>
    </div>
  );
}

function Framed({ children }: { readonly children: ReactNode }) {
  return <div className="overflow-hidden rounded-lg border border-line bg-panel">{children}</div>;
}

function countedValues<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => string,
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(valueOf(row), (counts.get(valueOf(row)) ?? 0) + 1);
  return [...counts];
}
