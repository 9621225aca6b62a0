import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { CopyAs } from "../../copy/copy-as.tsx";
import { useSeat } from "../../app/broker.ts";
import type { SheetProblem } from "../../files/csv.ts";
import { saveFile } from "../../files/save.ts";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { tell } from "../../toasts/toasts.tsx";
import { type Counts, partsOf, type Takeable } from "./by-hand.ts";

interface ByHandSheetProps {
  readonly request: string;
  readonly takeable: readonly Takeable[];
  readonly counts: Counts;
  readonly onCounts: (counts: Counts) => void;
}

/** The choice by hand as a sheet, out and in again. */
export function ByHandSheet({ request, takeable, counts, onCounts }: ByHandSheetProps) {
  const seat = useSeat();
  const [problems, setProblems] = useState<readonly SheetProblem[]>([]);
  const download = async (): Promise<void> => {
    const { sheetOf } = await import("./sheet.ts");
    saveFile(new Blob([sheetOf(takeable, counts)], { type: "text/csv" }), `${request}-award.csv`);
  };
  const upload = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const { readSheet } = await import("./sheet.ts");
    const read = readSheet(await file.text(), takeable);
    setProblems(read.ok ? [] : read.problems);
    if (!read.ok) return;
    onCounts(read.counts);
    tell({
      family: "secured",
      title: `${file.name} is taken over`,
      detail: "It stands by hand; nothing is chosen yet.",
    });
  };
  const take = partsOf(takeable, counts).flatMap(({ bid, count }) => ["--take", `${bid}:${count}`]);
  return (
    <Panel
      title="By hand in a spreadsheet"
      actions={
        <CopyAs
          cli={["award", "scenarios", request, ...take]}
          call={{ method: "GET", path: `/v1/books/${seat.book}/requests/${request}/scenarios` }}
        />
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <Button onPress={() => void download()}>Download CSV</Button>
        <FileTrigger acceptedFileTypes={[".csv", "text/csv"]} onSelect={(files) => void upload(files?.[0])}>
          <Button>Read CSV</Button>
        </FileTrigger>
        <span className="text-ink-soft">
          Change the column count, and read it back: all of it is taken over or nothing.
        </span>
      </div>
      {problems.length === 0 ? undefined : (
        <ul
          role="alert"
          className="mt-3 space-y-1 rounded-md border border-breach bg-breach-ground px-3 py-2 text-breach"
        >
          {problems.map(({ line, text }) => (
            <li key={`${line} ${text}`}>
              Line {line}: {text}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
