import { Link } from "@tanstack/react-router";
import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { countText } from "../../amounts/counts.ts";
import { moneyText } from "../../amounts/money.ts";
import { Window } from "../../clock/window.tsx";
import { countTyped } from "../../files/counts.ts";
import { saveFile } from "../../files/save.ts";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { tell } from "../../toasts/toasts.tsx";
import { Due } from "../due.tsx";
import { asMuchAsIsFree, type MonthCounts, type MonthRow } from "./months.ts";
import type { MonthsRead } from "./months-sheet.ts";

interface MonthsGridProps {
  readonly request: string;
  readonly rows: readonly MonthRow[];
  readonly counts: MonthCounts;
  readonly onCounts: (counts: MonthCounts) => void;
  /** All of them fall due at one time, which is said elsewhere. */
  readonly isOneDeadline: boolean;
  /** What is free of one's own has been read. */
  readonly isKnown: boolean;
}

/** A row for each month: Enter and the arrows go from one to the next, and what a spreadsheet copied can be pasted into it. */
export function MonthsGrid({ request, rows, counts, onCounts, isOneDeadline, isKnown }: MonthsGridProps) {
  const table = useRef<HTMLTableElement>(null);
  const [wrongs, setWrongs] = useState<readonly { readonly line: number; readonly text: string }[]>([]);
  const put = (row: MonthRow, count: number | undefined): void => {
    const { [row.notice.id]: _, ...others } = counts;
    onCounts(count === undefined ? others : { ...others, [row.notice.id]: count });
  };
  const take = (read: MonthsRead, from: string): void => {
    setWrongs(read.ok ? [] : read.problems);
    if (!read.ok) return;
    onCounts({ ...counts, ...read.counts });
    tell({ family: "secured", title: `${Object.keys(read.counts).length} months are taken over from ${from}` });
  };
  const move = (index: number, by: number): void => {
    const fields = table.current?.querySelectorAll<HTMLInputElement>("input[data-month]") ?? [];
    const next = fields[index + by];
    next?.focus();
    next?.select();
  };
  const upload = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const { readMonthsSheet } = await import("./months-sheet.ts");
    take(readMonthsSheet(await file.text(), rows), file.name);
  };
  const download = async (): Promise<void> => {
    const { monthsSheet } = await import("./months-sheet.ts");
    saveFile(new Blob([monthsSheet(rows, counts)], { type: "text/csv" }), `${request}-months.csv`);
  };
  const free = asMuchAsIsFree(rows);
  return (
    <Panel
      title="Month by month"
      padded={false}
      foot="Enter and the arrows go from month to month. A column copied in a spreadsheet can be pasted into any of them. Empty is not answered, 0 refuses."
    >
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        <Button onPress={() => onCounts(Object.fromEntries(rows.map(({ notice, asked }) => [notice.id, asked])))}>
          All that is asked
        </Button>
        <Button
          onPress={() => onCounts({ ...counts, ...free })}
          disabledReason={
            Object.keys(free).length > 0
              ? undefined
              : isKnown
                ? "You have nothing on record that would do for it"
                : "Your capacity is being read"
          }
        >
          As much as is free
        </Button>
        <Button look="quiet" onPress={() => onCounts({})}>
          Clear
        </Button>
        <span className="ml-auto flex flex-wrap gap-2">
          <Button look="quiet" onPress={() => void download()}>
            Download CSV
          </Button>
          <FileTrigger acceptedFileTypes={[".csv", "text/csv"]} onSelect={(files) => void upload(files?.[0])}>
            <Button look="quiet">Read CSV</Button>
          </FileTrigger>
        </span>
      </div>
      {wrongs.length === 0 ? undefined : (
        <div role="alert" className="border-b border-line bg-breach-ground px-4 py-2.5 text-breach">
          <p>Nothing of it is taken over:</p>
          <ul>
            {wrongs.map(({ line, text }) => (
              <li key={`${line} ${text}`}>
                Line {line}: {text}
              </li>
            ))}
          </ul>
        </div>
      )}
      <table ref={table} className="w-full max-sm:block">
        <caption className="sr-only">Months that are asked for, with what is free and what you give</caption>
        <thead className="text-xs text-ink-soft max-sm:sr-only">
          <tr className="border-b border-line">
            <th className="px-4 py-1.5 text-left font-normal">Month</th>
            {isOneDeadline ? undefined : <th className="px-2 py-1.5 text-left font-normal">Answer by</th>}
            <th className="px-2 py-1.5 text-right font-normal">Asked</th>
            <th className="px-2 py-1.5 text-right font-normal">Free now</th>
            <th className="px-2 py-1.5 text-right font-normal">You give</th>
            <th className="px-2 py-1.5 text-right font-normal">Free after</th>
            <th className="px-4 py-1.5 text-right font-normal">Value</th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {rows.map((row, index) => (
            <Row
              key={row.notice.id}
              row={row}
              isOneDeadline={isOneDeadline}
              onCount={(count) => put(row, count)}
              onMove={(by) => move(index, by)}
              onPaste={(text) =>
                void import("./months-sheet.ts").then((sheet) =>
                  take(sheet.pastedMonths(text, rows, index), "what was pasted"),
                )
              }
            />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

interface RowProps {
  readonly row: MonthRow;
  readonly isOneDeadline: boolean;
  readonly onCount: (count: number | undefined) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onPaste: (text: string) => void;
}

const CELL = "px-2 py-2 text-right align-top max-sm:flex max-sm:justify-between max-sm:gap-4 max-sm:px-4 max-sm:py-1";

function Row({ row, isOneDeadline, onCount, onMove, onPaste }: RowProps) {
  const { name, notice, asked, free, left, count, value, problem, instead, warning } = row;
  const told = useId();
  const {
    clock,
    notice: { terms },
  } = notice.view;
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" || event.key === "Enter" ? 1 : undefined;
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onMove(event.shiftKey && event.key === "Enter" ? -1 : by);
  };
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    onPaste(text);
  };
  const note = problem ?? warning;
  return (
    <tr className="border-b border-line last:border-0 max-sm:block max-sm:py-2">
      <th scope="row" className="px-4 py-2 text-left align-top font-normal max-sm:block">
        <Link to="/offers/$notice" params={{ notice: notice.id }} className="font-medium underline underline-offset-2">
          {name}
        </Link>
        <span className="block text-xs text-ink-soft">
          <Window span={terms.window} isShort />
        </span>
      </th>
      {isOneDeadline ? undefined : (
        <td className={`${CELL} sm:text-left`}>
          <Head>Answer by</Head>
          <span className="text-xs">
            <Due at={clock?.respondBy} zone={clock?.zone} />
          </span>
        </td>
      )}
      <td className={CELL}>
        <Head>Asked</Head>
        <span>
          {countText(asked)}
          {terms.price === undefined ? undefined : (
            <span className="block text-xs text-ink-soft">at most {moneyText(terms.price)}</span>
          )}
        </span>
      </td>
      <td className={CELL}>
        <Head>Free now</Head>
        {free === undefined ? <span className="text-ink-soft">–</span> : countText(free)}
      </td>
      <td className={`${CELL} sm:w-36`}>
        <Head>You give</Head>
        <span className="inline-flex flex-col items-end gap-1">
          <CountCell
            label={`You give in ${name}`}
            count={count}
            onCount={onCount}
            isWrong={problem !== undefined}
            told={note === undefined ? undefined : told}
            onKeyDown={onKeyDown}
            onPaste={paste}
          />
          <span id={told} className={`text-xs ${problem === undefined ? "text-attention" : "text-breach"}`}>
            {note}
          </span>
          {instead.length === 0 ? undefined : (
            <span className="flex flex-wrap justify-end gap-1">
              {instead.map((one) => (
                <Button key={one} onPress={() => onCount(one)}>
                  Use {countText(one)}
                </Button>
              ))}
            </span>
          )}
          {count === undefined ? <span className="text-xs text-ink-soft">not answered</span> : undefined}
          {count === 0 ? <span className="text-xs text-ink-soft">refused</span> : undefined}
        </span>
      </td>
      <td className={`${CELL} ${left !== undefined && left < 0 ? "font-medium text-breach" : ""}`}>
        <Head>Free after</Head>
        <span>
          {left !== undefined && left < 0 ? <span aria-hidden="true">✕ </span> : undefined}
          {left === undefined ? <span className="text-ink-soft">–</span> : countText(left)}
        </span>
      </td>
      <td className={`${CELL} sm:pr-4`}>
        <Head>Value</Head>
        {value === undefined ? <span className="text-ink-soft">–</span> : moneyText(value)}
      </td>
    </tr>
  );
}

/** Where there is no room for columns each number has its name beside it. */
function Head({ children }: { readonly children: string }) {
  return (
    <span aria-hidden="true" className="text-xs text-ink-soft sm:hidden">
      {children}
    </span>
  );
}

interface CountCellProps {
  readonly label: string;
  readonly count: number | undefined;
  readonly onCount: (count: number | undefined) => void;
  readonly isWrong: boolean;
  readonly told: string | undefined;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
}

/** A number that may be left out. What cannot be read as one stays as it was typed, and is said to be none. */
function CountCell({ label, count, onCount, isWrong, told, onKeyDown, onPaste }: CountCellProps) {
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (count === undefined ? "" : countText(count));
  const isNone = typed !== undefined && countTyped(typed) === undefined;
  return (
    <input
      data-month
      inputMode="numeric"
      aria-label={label}
      aria-invalid={isWrong || isNone}
      {...(told === undefined ? {} : { "aria-describedby": told })}
      value={shown}
      onChange={({ target }) => {
        setTyped(target.value);
        const read = countTyped(target.value);
        if (read !== undefined) onCount(read === "" ? undefined : read);
      }}
      onBlur={() => setTyped(undefined)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      className="h-8 w-28 rounded-md border border-field-line bg-panel px-2 text-right text-ink outline-none focus:border-accent focus:outline-2 focus:outline-accent aria-invalid:border-breach"
    />
  );
}
