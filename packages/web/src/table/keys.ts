/** What the keyboard does in a table. Rows are counted from 0; -1 where none is under the cursor. */
export interface TableState {
  readonly cursor: number;
  readonly selected: ReadonlySet<string>;
  /** Where a range of rows that is selected with shift began. */
  readonly anchor?: number;
}

export type TableAct =
  | { readonly type: "move"; readonly by: number }
  | { readonly type: "goto"; readonly row: number }
  | { readonly type: "toggle" }
  | { readonly type: "extend"; readonly by: number }
  | { readonly type: "clear" };

export const NO_ROWS: TableState = { cursor: -1, selected: new Set() };

/** What a key means in a table; undefined where it means nothing there. */
export function actOf(
  key: string,
  shift: boolean,
  rowsPerPage: number,
): TableAct | "open" | "filter" | "actions" | "explain" | undefined {
  switch (key) {
    case "j":
    case "ArrowDown":
      return shift && key === "ArrowDown" ? { type: "extend", by: 1 } : { type: "move", by: 1 };
    case "k":
    case "ArrowUp":
      return shift && key === "ArrowUp" ? { type: "extend", by: -1 } : { type: "move", by: -1 };
    case "PageDown":
      return { type: "move", by: rowsPerPage };
    case "PageUp":
      return { type: "move", by: -rowsPerPage };
    case "Home":
      return { type: "goto", row: 0 };
    case "End":
      return { type: "goto", row: Number.MAX_SAFE_INTEGER };
    case "x":
      return { type: "toggle" };
    case "Escape":
      return { type: "clear" };
    case "Enter":
      return "open";
    case "/":
      return "filter";
    case ".":
      return "actions";
    case "e":
      return "explain";
    default:
      return undefined;
  }
}

/**
 * The cursor never leaves the rows; what is selected stays selected when rows come and go.
 *
 * @param ids of the rows; empty for a row that is in the list and not in the page
 */
export function after(state: TableState, act: TableAct, ids: readonly string[]): TableState {
  switch (act.type) {
    case "move":
      return { ...state, cursor: within(state.cursor + act.by, ids) };
    case "goto":
      return { ...state, cursor: within(act.row, ids) };
    case "toggle":
      return toggled(state, ids);
    case "extend":
      return extended(state, act.by, ids);
    case "clear":
      return { cursor: state.cursor, selected: new Set() };
  }
}

const within = (row: number, ids: readonly string[]): number =>
  Math.max(ids.length === 0 ? -1 : 0, Math.min(row, ids.length - 1));

function toggled({ cursor, selected }: TableState, ids: readonly string[]): TableState {
  const id = ids[cursor];
  if (id === undefined || id === "") return { cursor, selected };
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return { cursor, selected: next, anchor: cursor };
}

function extended({ cursor, selected, anchor = cursor }: TableState, by: number, ids: readonly string[]): TableState {
  const to = within(cursor + by, ids);
  const [low, high] = [Math.min(anchor, to), Math.max(anchor, to)];
  return {
    cursor: to,
    anchor,
    selected: new Set([...selected, ...ids.slice(Math.max(0, low), high + 1).filter((id) => id !== "")]),
  };
}
