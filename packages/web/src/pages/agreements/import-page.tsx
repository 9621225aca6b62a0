import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useBook } from "../../app/broker.ts";
import { useReading } from "../../app/queries.ts";
import { countOf } from "../../amounts/counts.ts";
import { CopyButton } from "../../copy/copy-button.tsx";
import type * as Importing from "../../importing/index.ts";
import type { ListChoices, ListRead, OpenSpreadsheet } from "../../importing/index.ts";
import { ReceiptCard } from "../../receipts/receipt.tsx";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { Choice } from "../fields.tsx";
import { PageTitle } from "../page-title.tsx";
import { clausesGone } from "./changes.ts";
import { ListColumns, ListSettings } from "./list-columns.tsx";
import { ListRows } from "./list-rows.tsx";
import { Planned } from "./planned.tsx";
import { usePlanning } from "./planning.ts";
import { Wrongs } from "./wrongs.tsx";

interface Refused {
  readonly message: string;
  readonly whatToDo: string;
}
interface Opened {
  readonly list: OpenSpreadsheet;
  readonly importing: typeof Importing;
  readonly key: string;
}

const NONE: ReadonlyMap<string, string> = new Map();
const NOTHING: ListChoices = { columns: {} };

/** A spreadsheet of agreements: opened in the page, read row by row, planned at the broker, and recorded as a whole or not at all. */
export function ImportAgreementsPage() {
  const [opened, setOpened] = useState<Opened>();
  const [refused, setRefused] = useState<Refused>();
  const open = async (file: File): Promise<void> => {
    setOpened(undefined);
    setRefused(undefined);
    const importing = await import("../../importing/index.ts");
    const found = await importing.openSpreadsheet(file);
    if (found.ok) setOpened({ list: found.value, importing, key: crypto.randomUUID() });
    else setRefused(found);
  };
  return (
    <>
      <PageTitle
        title="Import agreements"
        under={
          <>
            From a spreadsheet, one agreement in each row. To{" "}
            <Link to="/agreements" className="underline underline-offset-2">
              all agreements
            </Link>
          </>
        }
      />
      <div className="space-y-4">
        <Panel title="1 · The list" foot="It is read in this browser. Nothing is sent before you plan it.">
          <label className="block">
            <span className="text-ink-soft">A .xlsx or .csv file with a counterparty and a start in each row</span>
            <input
              type="file"
              accept=".xlsx,.csv,.tsv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              onChange={({ target }) => {
                const [file] = target.files ?? [];
                if (file !== undefined) void open(file);
              }}
              className="mt-1 block w-full cursor-pointer rounded-md border border-field-line bg-panel p-1.5 text-sm file:mr-3 file:cursor-pointer file:rounded file:border-0 file:bg-hover file:px-2.5 file:py-1 file:text-ink"
            />
          </label>
          {refused === undefined ? undefined : <NotRead {...refused} />}
        </Panel>
        {opened === undefined ? undefined : <OpenedList key={opened.key} opened={opened} />}
      </div>
    </>
  );
}

function NotRead({ message, whatToDo }: Refused) {
  return (
    <div role="alert" className="mt-3 rounded-md border border-breach bg-breach-ground px-3 py-2">
      <p className="font-medium text-breach">✕ {message}</p>
      <p className="text-ink-soft">{whatToDo}</p>
    </div>
  );
}

function OpenedList({ opened: { list, importing, key } }: { readonly opened: Opened }) {
  const book = useBook();
  const { data: known } = useReading("partyList", { query: { limit: 1_000 } });
  const [choices, setChoices] = useState(NOTHING);
  const read = useMemo(() => {
    const parties = (known?.data ?? []).map(({ view }) => ({
      id: view.id,
      name: view.name ?? view.party?.name ?? view.id,
    }));
    return importing.readList(list, { ...book, parties }, choices);
  }, [list, importing, book, known, choices]);
  const sheets = list.sheets.map(({ name }) => name);
  return (
    <>
      <Panel
        title="2 · What its columns are"
        padded={false}
        {...(read.ok ? { actions: <CopyButton text={read.value.mapping}>Copy as mapping file</CopyButton> } : {})}
        foot={
          read.ok
            ? `${sheets.length > 1 ? `Sheet ${read.value.sheet}, header` : "Header"} in row ${read.value.headerRow}.`
            : undefined
        }
      >
        <div className="space-y-3 p-4">
          {sheets.length < 2 ? undefined : (
            <label className="flex items-center gap-2 text-xs text-ink-soft">
              Sheet
              <select
                value={read.ok ? read.value.sheet : (choices.sheet ?? "")}
                onChange={({ target }) => setChoices({ ...NOTHING, sheet: target.value })}
                className="h-7 rounded-md border border-field-line bg-panel px-1.5 text-ink"
              >
                {sheets.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
          )}
          <ListSettings choices={choices} onChange={setChoices} />
          {read.ok ? undefined : <NotRead {...read} />}
        </div>
        {read.ok ? (
          <ListColumns
            columns={read.value.columns}
            fields={importing.FIELDS}
            onChange={(header, is) => setChoices({ ...choices, columns: { ...choices.columns, [header]: is } })}
          />
        ) : undefined}
      </Panel>
      {read.ok ? <ReadList key={JSON.stringify(choices)} read={read.value} draft={key} /> : undefined}
    </>
  );
}

function ReadList({ read, draft }: { readonly read: ListRead; readonly draft: string }) {
  const { rows, parties } = read;
  const refused = rows.filter(({ kind }) => kind === "refused");
  const found = useOnRecord(rows);
  const onRecord = found ?? NONE;
  const [amends, setAmends] = useState(false);
  const [knowsGone, setKnowsGone] = useState(false);
  // A list knows less of an agreement than what is on record: nothing there is changed unless somebody says so.
  const files = read.files.filter(({ name }) => amends || !onRecord.has(name));
  const [areLeftOut, setLeftOut] = useState(false);
  const body = { files, ...(parties.length === 0 ? {} : { parties }) };
  const planning = usePlanning(
    body,
    `${draft} ${files.length} ${amends ? "amends" : ""}`,
    `${countOf(files.length, "agreement")} recorded`,
  );
  const gone = (planning.plan?.agreements ?? []).flatMap(({ agreement, before, after }) =>
    before === undefined ? [] : clausesGone(before, after).map((clause) => `${agreement} ${clause}`),
  );
  const mustConfirm =
    refused.length > 0 && !areLeftOut
      ? "Say first that the refused rows are left out"
      : gone.length > 0 && !knowsGone
        ? "Say first that you know which clauses would be gone"
        : undefined;
  return (
    <>
      <Panel
        title={`3 · Its rows: ${read.files.length} read, ${refused.length} refused`}
        padded={false}
        foot="A row is read as a whole or refused as a whole. Mend the list and open it again, or say above what is meant."
      >
        <ListRows rows={rows} />
      </Panel>
      <Panel title="4 · Record them">
        <div className="space-y-4">
          {parties.length === 0 ? undefined : (
            <p>
              New to this book, and recorded with them: {parties.map(({ id, name }) => `${name} (${id})`).join(", ")}.
            </p>
          )}
          {refused.length === 0 ? undefined : (
            <label className="flex items-start gap-2">
              <input
                type="checkbox"
                checked={areLeftOut}
                onChange={({ target }) => setLeftOut(target.checked)}
                className="mt-1 size-4 accent-(--accent)"
              />
              Leave the {countOf(refused.length, "refused row")} out: nothing of them is recorded.
            </label>
          )}
          {onRecord.size === 0 ? undefined : (
            <div className="space-y-2">
              <Choice
                label={`${countOf(onRecord.size, "agreement")} of the list ${onRecord.size === 1 ? "is" : "are"} on record already`}
                value={amends ? "amend" : "leave"}
                values={[
                  ["leave", "Leave as on record"],
                  ["amend", "Amend as the list says"],
                ]}
                onChange={(next) => {
                  planning.forget();
                  setKnowsGone(false);
                  setAmends(next === "amend");
                }}
              />
              <p className="text-xs text-ink-soft">
                {[...onRecord.values()].join(", ")}. To amend records the next version of each with what its row says.
                The plan shows what would differ, and which clauses the list does not have.
              </p>
            </div>
          )}
          <div className="flex flex-wrap gap-2">
            <Button
              onPress={() => void planning.makePlan()}
              disabledReason={
                found === undefined
                  ? "What is on record is being read"
                  : files.length > 0
                    ? undefined
                    : onRecord.size > 0
                      ? "All of the list is on record already"
                      : "No row became an agreement"
              }
            >
              Plan
            </Button>
            <Button
              writes
              look="main"
              onPress={() => void planning.apply()}
              disabledReason={planning.whyNot ?? mustConfirm}
            >
              Record {countOf(files.length, "agreement")}
            </Button>
          </div>
          {planning.wrong === undefined ? undefined : <Wrongs {...planning.wrong} />}
          {planning.plan === undefined ? undefined : <Planned plan={planning.plan} />}
          {gone.length === 0 ? undefined : (
            <label className="flex items-start gap-2 rounded-md border border-attention bg-attention-ground px-3 py-2">
              <input
                type="checkbox"
                checked={knowsGone}
                onChange={({ target }) => setKnowsGone(target.checked)}
                className="mt-0.5 size-4 shrink-0"
              />
              <span>
                <span aria-hidden="true" className="text-attention">
                  ▲{" "}
                </span>
                The list does not have {gone.join(", ")}: in the next version {gone.length === 1 ? "it is" : "they are"}{" "}
                gone. I know.
              </span>
            </label>
          )}
          {planning.receipt === undefined ? undefined : (
            <ReceiptCard receipt={planning.receipt} title="The agreements are recorded" />
          )}
          {planning.plan === undefined && planning.wrong === undefined && planning.receipt === undefined ? (
            <p className="text-ink-soft">
              A plan says what would be recorded, and what would become of requests and notices that are open. Nothing
              is recorded by it; what is recorded then is all of it, or nothing.
            </p>
          ) : undefined}
        </div>
      </Panel>
    </>
  );
}

/** Of the rows that were read, the agreements that the book has already: their names by the file that each would be; undefined until it is known. */
function useOnRecord(rows: ListRead["rows"]): ReadonlyMap<string, string> | undefined {
  const { data: known } = useReading("agreementList", { query: { limit: 1_000, order: "id" } });
  if (known === undefined) return undefined;
  const ids = new Set(known.data.map(({ id }) => id));
  return new Map(
    rows.flatMap((row) => (row.kind === "read" && ids.has(row.agreement) ? [[row.file, row.agreement] as const] : [])),
  );
}
