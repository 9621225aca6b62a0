import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { useBook, useSeat } from "../../app/broker.ts";
import { useDraft } from "../../app/drafts.ts";
import { CopyAs } from "../../copy/copy-as.tsx";
import type { Place } from "../../editing/lines.ts";
import { Loading } from "../../lists/list-states.tsx";
import { Panel } from "../../surface/panel.tsx";
import { PageTitle } from "../page-title.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import { usePlanning } from "./planning.ts";

const FILE = "agreement.yaml";

/** The editor, with the schema and all that reads an agreement, in a chunk of its own. */
const CodeEditor = lazy(async () => ({ default: (await import("../../editing/code-editor.tsx")).CodeEditor }));

/** An agreement as a file: checked and planned before anything is recorded, and recorded exactly as planned. */
export function AgreementPlanPage() {
  const { book } = useSeat();
  const [draft, change, drop] = useDraft("agreement file", { text: "" });
  const { zone } = useBook();
  const [place, setPlace] = useState<Place>();
  const { text } = draft.fields;
  const body = { files: [{ name: FILE, text }] };
  const planning = usePlanning(body, draft.key, "The agreement is recorded");
  const { wrong } = planning;
  const write = (next: string): void => {
    planning.forget();
    change({ text: next });
  };
  const wrongsAt = useMemo(
    () =>
      (wrong?.errors ?? []).flatMap(({ line, column, detail }) =>
        line === undefined ? [] : [{ place: { line, ...(column === undefined ? {} : { column }) }, message: detail }],
      ),
    [wrong],
  );
  const goTo = (line: number, column: number | undefined): void =>
    setPlace({ line, ...(column === undefined ? {} : { column }) });
  const empty = text.trim() === "" ? "There is nothing to plan yet" : undefined;
  return (
    <>
      <PageTitle
        title="Record an agreement"
        under={
          <>
            As a file, checked and planned before anything is recorded. To{" "}
            <Link to="/agreements" className="underline underline-offset-2">
              all agreements
            </Link>
          </>
        }
        actions={
          <CopyAs
            cli={["apply", FILE, "--dry-run"]}
            call={{ method: "POST", path: `/v1/books/${book}/agreements/plan`, body }}
          />
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel
          title="The file"
          actions={
            <label className="cursor-pointer rounded-md border border-line-strong px-2.5 py-1 text-xs hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent">
              Open a file
              <input
                type="file"
                accept=".yaml,.yml"
                className="sr-only"
                onChange={({ target }) => {
                  const [file] = target.files ?? [];
                  if (file !== undefined) void file.text().then(write);
                }}
              />
            </label>
          }
          foot={draft.keptAt === undefined ? "Kept in this browser while you write." : "Draft kept in this browser."}
        >
          <Suspense fallback={<Loading what="the editor" />}>
            <CodeEditor
              label="The agreement as a file"
              value={text}
              onChange={write}
              zone={zone}
              wrongs={wrongsAt}
              goTo={place}
            />
          </Suspense>
        </Panel>
        <div className="space-y-4">
          <PlanPanel planning={planning} reason={empty} onRecorded={drop} onGo={goTo}>
            <p className="text-ink-soft">
              A plan says what would be recorded, and what would become of requests and notices that are open. Nothing
              is recorded by it.
            </p>
          </PlanPanel>
        </div>
      </div>
    </>
  );
}
