import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { FilterChips } from "../filters/filter-chips.tsx";
import { type Filters, filtersOfSearch, filtersToSearch, passes } from "../filters/filters.ts";
import { NoneMatch } from "../lists/list-states.tsx";
import { type Column, DataTable, type RowAction } from "../table/data-table.tsx";
import { sortOfText, sortToText } from "../table/sort.ts";
import type { Long, Wish } from "../app/paging.ts";
import type { ListSearch } from "../app/search.ts";
import { countText } from "../amounts/counts.ts";

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
  /** Where there is more than a page of it: then the broker filters and sorts it. */
  readonly long?: Long | undefined;
  /** By which field the broker counts it, and leaves out what is not asked for: by state, where nothing else is said. */
  readonly counted?: "status" | "kind";
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
  long,
  counted = "status",
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
  if (rows.length === 0 && long === undefined) return <Framed>{empty}</Framed>;
  const valueIn = (row: Row) => (name: string) => fields.find(({ field }) => field === name)?.valueOf(row);
  // Of a long list the broker has left out what was not asked for.
  const isAsked = (field: string): boolean => long !== undefined && field === counted;
  // The broker takes several states and one kind: of several kinds the others are left out here.
  const isLeftOut = (field: string): boolean => isAsked(field) && (field === "status" || filters[field]?.length === 1);
  const own = Object.fromEntries(Object.entries(filters).filter(([field]) => !isLeftOut(field)));
  const shown = rows.filter((row) => passes(own, valueIn(row)));
  return (
    <div className="space-y-3">
      <FilterChips
        fields={fields.map(({ field, label, valueOf, wordOf }) => ({
          field,
          label,
          values: (isAsked(field) ? Object.entries(long?.counts ?? {}) : countedValues(rows, valueOf)).map(
            ([value, count]) => ({ value, label: wordOf(value), count }),
          ),
        }))}
        filters={filters}
        onChange={change}
      />
      <Framed>
        {shown.length === 0 ? (
          <NoneMatch of={`${countText(long?.total ?? rows.length)} ${of}`} onClear={() => change({})} />
        ) : (
          <DataTable
            label={`${of.charAt(0).toUpperCase()}${of.slice(1)}`}
            rows={shown}
            rest={
              long === undefined
                ? undefined
                : { ...long, asked: `${filters[counted]?.join() ?? ""} ${search.sort ?? ""}` }
            }
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
        {long === undefined ? undefined : <HowMuch of={of} long={long} />}
      </Framed>
    </div>
  );
}

/** How far one has come in a list that is longer than a page. */
function HowMuch({ of, long }: { readonly of: string; readonly long: Long }) {
  const { total, loaded, hasMore, isLoadingMore, isPartOfOrder } = long;
  return (
    <p className="flex flex-wrap justify-between gap-x-4 border-t border-line bg-sunken px-4 py-1.5 text-xs text-ink-soft">
      <span>
        {hasMore ? `${countText(loaded)} of ${countText(total)} ${of} loaded` : `All ${countText(loaded)} ${of} loaded`}
        {isPartOfOrder ? "; in this order only what has a deadline is listed" : ""}
      </span>
      <span>
        {isLoadingMore
          ? "Loading more…"
          : hasMore
            ? "More come as you go down. Filters and order are the broker's."
            : ""}
      </span>
    </p>
  );
}

function Framed({ children }: { readonly children: ReactNode }) {
  return <div className="overflow-hidden rounded-lg border border-line bg-panel">{children}</div>;
}

/** What the address says of a list: its states, and its order where the broker knows it by the column's. */
export function useListWish<Row>(columns: readonly Pick<Column<Row>, "id" | "order">[]): Wish {
  const search: ListSearch = useSearch({ strict: false });
  const { status } = filtersOfSearch(search as Record<string, unknown>, ["status"]);
  const sort = sortOfText(search.sort);
  const known = columns.find(({ id }) => id === sort?.column)?.order;
  // What needs doing next has one direction; the other way round only what falls due has an order.
  const order = known === "next" && sort?.order === "down" ? "deadline" : known;
  return {
    ...(status === undefined ? {} : { status: status.join(",") }),
    ...(order === undefined ? {} : { order, descending: sort?.order === "down" }),
  };
}

function countedValues<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => string,
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(valueOf(row), (counts.get(valueOf(row)) ?? 0) + 1);
  return [...counts];
}
