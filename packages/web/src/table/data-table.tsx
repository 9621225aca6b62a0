import { createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Menu, MenuItem, Popover } from "react-aria-components";
import { useNarrow } from "../surface/use-narrow.ts";
import { actOf, after, NO_ROWS } from "./keys.ts";
import { type Sort, sorted, type SortValue, toggledSort } from "./sort.ts";

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** What it is sorted by; a column without one is not. */
  readonly sortBy?: (row: Row) => SortValue;
  /** The order of the broker that it stands for: a list of which only a part is here is sorted by nothing else. */
  readonly order?: "id" | "deadline" | "next";
  /** Numbers and amounts stand at the right. */
  readonly align?: "right";
  /** A part of the width, such as `12rem`; what is left over when absent. */
  readonly width?: string;
}

/** Something that can be done with a row; the one with the key `e` explains it. */
export interface RowAction {
  readonly label: string;
  readonly key?: "e";
  readonly run: () => void;
}

interface DataTableProps<Row> {
  /** What is listed, for those who hear it: "Requests". */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly idOf: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** What can be done with a row, by the key of the full stop. */
  readonly actionsOf?: (row: Row) => readonly RowAction[];
  /** Where the filter of the list takes the focus. */
  readonly onFilter?: () => void;
  readonly sort?: Sort | undefined;
  readonly onSort?: (sort: Sort | undefined) => void;
  readonly onSelected?: (ids: ReadonlySet<string>) => void;
  readonly density?: "compact" | "comfortable";
  /** Older data while newer is on its way. */
  readonly isStale?: boolean;
  /** The most height that it takes, in px, before it scrolls in itself. */
  readonly heightMax?: number;
  /** Of a list of which only a part is here: what there is of it, and how to come by it. */
  readonly rest?: Rest | undefined;
}

/** What of a list is not here. */
interface Rest {
  /** How long the list is. */
  readonly total: number;
  /** How many rows stand before those that are here. */
  readonly before: number;
  /** What of it was asked for, and in which order: another one is seen from its top. */
  readonly asked: string;
  /** Somebody came to the end of that part, to its beginning, or back to the top of the list. */
  readonly more: () => void;
  readonly back: () => void;
  readonly toTop: () => void;
}

/** So many rows before the end more of them are asked for. */
const AHEAD = 40;

/** A card of two lines, until it is measured. */
const CARD_PX = 72;
const ROW_PX = { compact: 28, comfortable: 36 } as const;
const features = tableFeatures({});

/**
 * Rows and columns for any number of rows: only those in sight are in the page. By keyboard: j and k or the arrows move, Enter opens, x
 * selects, shift and an arrow select what lies between, / goes to the filter.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const {
    label,
    rows,
    columns,
    idOf,
    onOpen,
    actionsOf,
    onFilter,
    sort,
    onSort,
    onSelected,
    density = "comfortable",
    rest,
  } = props;
  const [state, setState] = useState(NO_ROWS);
  const scroller = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<Row>();
  const isWhole = rest === undefined;
  // A part of a list comes in the order that was asked for.
  const data = useMemo(() => (isWhole ? sorted(rows, sort, columns) : rows), [rows, sort, columns, isWhole]);
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map(({ id, header, cell }) => helper.display({ id, header, cell: ({ row }) => cell(row.original) }));
  }, [columns]);
  const table = useTable({ features, columns: definitions, data, getRowId: (row) => idOf(row) });
  const shown = table.getRowModel().rows;
  const before = rest?.before ?? 0;
  const ids = useMemo(() => [...Array.from({ length: before }, () => ""), ...data.map(idOf)], [before, data, idOf]);
  // Where there is no room for columns each row is a card: what it is, how it stands and by when are all in sight.
  const isNarrow = useNarrow();
  const rowPx = isNarrow ? CARD_PX : ROW_PX[density];
  const virtual = useVirtualizer({
    count: before + shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  });
  const measured = isNarrow ? { ref: virtual.measureElement } : {};
  const items = virtual.getVirtualItems();
  useRest(rest, items[0]?.index ?? 0, items.at(-1)?.index ?? 0, before + shown.length);
  const asked = rest?.asked;
  useEffect(() => {
    // What was under the cursor stands elsewhere now, or nowhere.
    if (asked === undefined) return;
    setState(NO_ROWS);
    scroller.current?.scrollTo({ top: 0 });
  }, [asked]);
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const select = (next: typeof state): void => {
    setState(next);
    if (next.selected !== state.selected) onSelected?.(next.selected);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    const act = actOf(
      event.key,
      event.shiftKey,
      Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2),
    );
    if (act === undefined || (event.target !== event.currentTarget && event.key === "Enter")) return;
    event.preventDefault();
    const row = data[state.cursor - before];
    if (act === "open") {
      if (row !== undefined) onOpen?.(row);
    } else if (act === "filter") onFilter?.();
    else if (act === "actions") setMenu(actionsOf === undefined ? undefined : row);
    else if (act === "explain") {
      if (row !== undefined)
        actionsOf?.(row)
          .find(({ key }) => key === "e")
          ?.run();
    } else {
      const next = after(state, act, ids);
      select(next);
      if (next.cursor >= 0) virtual.scrollToIndex(next.cursor);
    }
  };
  const cursorId = state.cursor < 0 ? undefined : ids[state.cursor];
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={(rest?.total ?? shown.length) + 1}
      aria-colcount={columns.length}
      aria-multiselectable={onSelected !== undefined}
      {...(cursorId === undefined ? {} : { "aria-activedescendant": rowDomId(label, cursorId) })}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={`relative overflow-auto outline-offset-[-2px] print:max-h-none! ${props.isStale === true ? "opacity-60 transition-opacity" : ""}`}
      style={{ maxHeight: `${props.heightMax ?? 560}px` }}
    >
      <table role="presentation" className="w-full border-separate border-spacing-0 text-left">
        <thead role="rowgroup" className={isNarrow ? "sr-only" : "sticky top-0 z-10 bg-panel"}>
          <tr role="row" aria-rowindex={1}>
            {columns.map((column) => (
              <Header
                key={column.id}
                column={column}
                sort={sort}
                isWhole={isWhole}
                {...(onSort === undefined || isNarrow ? {} : { onSort })}
              />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {above > 0 ? <Spacer height={above} columns={columns.length} /> : undefined}
          {items.flatMap(({ index }) => {
            const row = shown[index - before];
            if (row === undefined)
              return [<NotHere key={`at ${index}`} index={index} height={rowPx} columns={columns.length} />];
            const isCursor = index === state.cursor;
            const isSelected = state.selected.has(row.id);
            return (
              <tr
                key={row.id}
                id={rowDomId(label, row.id)}
                role="row"
                data-index={index}
                {...measured}
                aria-rowindex={index + 2}
                {...(onSelected === undefined ? {} : { "aria-selected": isSelected })}
                onClick={(event) => {
                  setState((before) => ({ ...before, cursor: index }));
                  if (onOpen !== undefined && !isInner(event.target)) onOpen(row.original);
                }}
                className={`${onOpen === undefined ? "" : "cursor-pointer"} ${isSelected ? "bg-selected" : "hover:bg-hover"} ${isCursor ? "cursor-row" : ""} ${isNarrow ? "flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2" : ""}`}
                {...(isNarrow ? {} : { style: { height: `${rowPx}px` } })}
              >
                {row.getAllCells().map((cell, at) => (
                  <td
                    key={cell.id}
                    role="gridcell"
                    className={
                      isNarrow
                        ? "min-w-0 max-w-full overflow-hidden"
                        : `border-b border-line px-3 whitespace-nowrap first:pl-4 last:pr-4 ${columns[at]?.align === "right" ? "text-right" : ""}`
                    }
                  >
                    {isNarrow && columns[at]?.align === "right" ? (
                      <span className="mr-1.5 text-xs text-ink-soft">{columns[at]?.header}</span>
                    ) : undefined}
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            );
          })}
          {below > 0 ? <Spacer height={below} columns={columns.length} /> : undefined}
        </tbody>
      </table>
      {menu === undefined || actionsOf === undefined ? undefined : (
        <RowMenu rowId={rowDomId(label, idOf(menu))} actions={actionsOf(menu)} onClose={() => setMenu(undefined)} />
      )}
    </div>
  );
}

/** Asks for what of a list is not here, where somebody comes to it. */
function useRest(rest: Rest | undefined, first: number, last: number, end: number): void {
  const isNearEnd = rest !== undefined && last >= end - AHEAD;
  const isNearBeginning = rest !== undefined && rest.before > 0 && first < rest.before + AHEAD;
  const isAtTop = isNearBeginning && first < AHEAD;
  useEffect(() => {
    if (isAtTop) rest?.toTop();
    else if (isNearBeginning) rest?.back();
    else if (isNearEnd) rest?.more();
  }, [isAtTop, isNearBeginning, isNearEnd, rest, end]);
}

interface NotHereProps {
  readonly index: number;
  readonly height: number;
  readonly columns: number;
}

/** A row that was gone past, until it is read again. */
function NotHere({ index, height, columns }: NotHereProps) {
  return (
    <tr role="row" aria-rowindex={index + 2} aria-busy="true" style={{ height: `${height}px` }}>
      <td role="gridcell" colSpan={columns} className="border-b border-line px-4">
        <span className="sr-only">on its way</span>
        <span aria-hidden="true" className="block h-3 w-1/3 rounded bg-hover" />
      </td>
    </tr>
  );
}

interface RowMenuProps {
  readonly rowId: string;
  readonly actions: readonly RowAction[];
  readonly onClose: () => void;
}

/** What can be done with a row, at the row. */
function RowMenu({ rowId, actions, onClose }: RowMenuProps) {
  const row = useRef(document.getElementById(rowId));
  return (
    <Popover
      triggerRef={row}
      isOpen
      onOpenChange={(open) => (open ? undefined : onClose())}
      placement="bottom start"
      aria-label="What can be done with the row"
      className="min-w-56 rounded-lg border border-line-strong bg-raised p-1 shadow-lg outline-none"
    >
      <Menu aria-label="What can be done with the row" autoFocus="first" className="outline-none" onClose={onClose}>
        {actions.map(({ label, run, key }) => (
          <MenuItem
            key={label}
            id={label}
            textValue={label}
            onAction={run}
            className="flex cursor-pointer justify-between gap-4 rounded px-2 py-1.5 outline-none data-[focused]:bg-hover"
          >
            {label}
            {key === undefined ? undefined : <kbd className="font-mono text-xs text-ink-soft">{key}</kbd>}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}

const rowDomId = (label: string, id: string): string => `${label}-${id}`.replaceAll(/[^\w-]/g, "_");

/** Where letters are written: keys of the table mean nothing there. */
const isField = (target: EventTarget): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

/** Something in a row that does something itself. */
const isInner = (target: EventTarget): boolean =>
  target instanceof Element && target.closest("a,button,input,label") !== null;

/** What stands above and below the rows in sight: room, and nothing else. */
function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height: `${height}px`, padding: 0 }} />
    </tr>
  );
}

interface HeaderProps<Row> {
  readonly column: Column<Row>;
  readonly sort: Sort | undefined;
  readonly isWhole: boolean;
  readonly onSort?: (sort: Sort | undefined) => void;
}

function Header<Row>({ column: { id, header, sortBy, order, align, width }, sort, onSort, isWhole }: HeaderProps<Row>) {
  const isSortable = sortBy !== undefined && (isWhole || order !== undefined);
  const own = isSortable && sort?.column === id ? sort.order : undefined;
  const look = `border-b border-line px-3 first:pl-4 last:pr-4 h-8 text-xs font-normal text-ink-soft whitespace-nowrap ${align === "right" ? "text-right" : ""}`;
  return (
    <th
      role="columnheader"
      {...(own === undefined ? {} : { "aria-sort": own === "up" ? ("ascending" as const) : ("descending" as const) })}
      className={look}
      {...(width === undefined ? {} : { style: { width } })}
    >
      {!isSortable || onSort === undefined ? (
        sortBy === undefined || isWhole ? (
          header
        ) : (
          <span title="The list is too long to be sorted by this: narrow it first">{header}</span>
        )
      ) : (
        <button
          type="button"
          onClick={() => onSort(toggledSort(sort, id))}
          className={`inline-flex cursor-pointer gap-1 hover:text-ink ${align === "right" ? "flex-row-reverse" : ""}`}
        >
          {header}
          <span aria-hidden="true" className={own === undefined ? "opacity-0" : ""}>
            {own === "down" ? "↓" : "↑"}
          </span>
        </button>
      )}
    </th>
  );
}
