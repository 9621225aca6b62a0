import type { Problem } from "../problems/index.ts";
import type { ListNode, MapEntry, Origin, ScalarNode, SourceFile, SourceNode } from "../source/index.ts";

const ROWS_MAX = 1_200;
const COLUMNS = ["month", "amount"] as const;

/** A table of months and amounts as the list that a document would state, every value with its line and column. */
export function readBaselineTable(file: SourceFile): {
  readonly months: ListNode;
  readonly problems: readonly Problem[];
} {
  const lines = file.text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const origin: Origin = { file: file.name, line: 1, column: 1, path: "" };
  const separator = [",", ";", "\t"].find((sign) => lines[0]?.includes(sign)) ?? ",";
  const problems: Problem[] = [];
  const header = cellsOf(lines[0] ?? "", separator).map(({ text }) => text.toLowerCase());
  const places = COLUMNS.map((name) => header.indexOf(name));
  const months: ListNode = { kind: "list", items: [], origin };
  if (places.includes(-1) || header.length !== COLUMNS.length) {
    const message = `the header is \`${(lines[0] ?? "").slice(0, 80)}\``;
    return {
      months,
      problems: [{ code: "missing_key", ...origin, message, expected: "the columns month and amount" }],
    };
  }
  const items: SourceNode[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === "") continue;
    const place = { ...origin, line: index + 1, path: `row ${index + 1}` };
    if (items.length === ROWS_MAX) {
      problems.push({
        code: "too_large",
        ...place,
        message: `the table has more than ${ROWS_MAX} months`,
        expected: "fewer rows",
      });
      break;
    }
    const cells = cellsOf(line, separator);
    if (cells.length !== COLUMNS.length) {
      const message = `the row has ${cells.length} values`;
      problems.push({ code: "malformed", ...place, message, expected: "a month and an amount" });
      continue;
    }
    items.push(rowOf(cells, places, place));
  }
  return { months: { ...months, items }, problems };
}

interface Cell {
  readonly text: string;
  readonly column: number;
}

function rowOf(cells: readonly Cell[], places: readonly number[], place: Origin): SourceNode {
  const entries = COLUMNS.map((key, index): [string, MapEntry] => {
    const { text, column } = cells[places[index] as number] as Cell;
    const origin = { ...place, column, path: `${place.path}.${key}` };
    const node: ScalarNode = { kind: "scalar", value: text, origin };
    return [key, { key: origin, node }];
  });
  return { kind: "map", entries: new Map(entries), origin: place };
}

/** Values may stand in double quotes; neither a month nor an amount holds a separator or a quote. */
function cellsOf(line: string, separator: string): Cell[] {
  let column = 1;
  return line.split(separator).map((raw) => {
    const start = column + raw.length - raw.trimStart().length;
    column += raw.length + 1;
    return {
      text: raw
        .trim()
        .replace(/^"(.*)"$/, "$1")
        .trim(),
      column: start,
    };
  });
}
