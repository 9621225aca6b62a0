import { useMemo, useState } from "react";
import { countOf } from "../../amounts/counts.ts";
import type { RowRead } from "../../importing/index.ts";
import { Badge } from "../../states/badge.tsx";
import { type Column, DataTable } from "../../table/data-table.tsx";

/** What became of each row: the agreement that it makes, or the cell that is to blame and what to do; the one chosen in full. */
export function ListRows({ rows }: { readonly rows: readonly RowRead[] }) {
  const [chosen, setChosen] = useState<string>();
  const row = rows.find((one) => keyOf(one) === chosen);
  const columns = useMemo(() => COLUMNS, []);
  return (
    <div className="grid grid-cols-1 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <DataTable
        label="Rows of the list"
        rows={rows}
        columns={columns}
        idOf={keyOf}
        onOpen={(one) => setChosen(keyOf(one))}
        heightMax={420}
      />
      <div className="min-w-0 border-t border-line p-4 xl:border-l xl:border-t-0" aria-live="polite">
        {row === undefined ? (
          <p className="text-ink-soft">Open a row to see what it was read as.</p>
        ) : (
          <Row row={row} />
        )}
      </div>
    </div>
  );
}

/** A row may be refused for several cells. */
const keyOf = (row: RowRead): string =>
  row.kind === "read" ? `${row.row}` : `${row.row} ${row.refusal.column} ${row.refusal.code}`;

const COLUMNS: readonly Column<RowRead>[] = [
  { id: "row", header: "Row", width: "4rem", align: "right", cell: ({ row }) => row },
  {
    id: "outcome",
    header: "Outcome",
    width: "8rem",
    cell: ({ kind }) =>
      kind === "read" ? <Badge family="secured" word="Read" /> : <Badge family="breach" word="Refused" />,
  },
  {
    id: "what",
    header: "What",
    cell: (row) =>
      row.kind === "read" ? (
        <span className="block max-w-96 truncate">
          <span className="font-medium">{row.agreement}</span>
          {row.version === 1 ? "" : `, version ${row.version}`}
          {row.choices.length === 0 ? undefined : (
            <span className="text-ink-soft"> · {countOf(row.choices.length, "thing")} read one way of two</span>
          )}
        </span>
      ) : (
        <span className="block max-w-96 truncate">
          {row.refusal.column === "" ? undefined : <span className="font-medium">{row.refusal.column}: </span>}
          {row.refusal.message}
        </span>
      ),
  },
];

function Row({ row }: { readonly row: RowRead }) {
  return (
    <div className="space-y-3">
      <h3 className="font-medium">
        Row {row.row}
        {row.kind === "read" ? `: ${row.agreement}` : " is refused"}
      </h3>
      {row.kind === "refused" ? (
        <>
          <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1">
            <dt className="text-ink-soft">Column</dt>
            <dd>{row.refusal.column === "" ? "the whole row" : row.refusal.column}</dd>
            <dt className="text-ink-soft">Value</dt>
            <dd className="break-words font-mono text-xs">{row.refusal.value === "" ? "–" : row.refusal.value}</dd>
            <dt className="text-ink-soft">Why</dt>
            <dd>
              {row.refusal.message}
              {row.refusal.expected === undefined ? "" : `. Expected: ${row.refusal.expected}`}
              {row.refusal.didYouMean === undefined || row.refusal.didYouMean.length === 0
                ? ""
                : `. Did you mean ${row.refusal.didYouMean.join(" or ")}?`}
            </dd>
            <dt className="text-ink-soft">What to do</dt>
            <dd>{row.whatToDo}</dd>
          </dl>
          <code className="font-mono text-xs text-ink-soft">{row.refusal.code}</code>
        </>
      ) : (
        <>
          {row.choices.length === 0 ? undefined : (
            <ul className="space-y-1">
              {row.choices.map(({ column, value = "", taken, why }) => (
                <li key={`${column} ${value} ${why}`}>
                  <span className="font-medium">{column}</span> {value === "" ? "" : `“${value}”`} → {taken}
                  <span className="text-ink-soft">; {why}</span>
                </li>
              ))}
            </ul>
          )}
          <pre
            tabIndex={0}
            aria-label="The agreement as a file"
            className="max-h-72 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-5"
          >
            {row.text}
          </pre>
        </>
      )}
    </div>
  );
}
