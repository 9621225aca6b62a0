import { useState } from "react";
import { useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { useNames } from "../../app/names.ts";
import { Instant } from "../../clock/instant.tsx";
import { saveFile } from "../../files/save.ts";
import { NoneYet } from "../../lists/list-states.tsx";
import { Button } from "../../surface/button.tsx";
import { useWriteReason } from "../../surface/read-only.ts";
import { Panel } from "../../surface/panel.tsx";
import { lettersOf, recordedFilesOf } from "./documents.ts";
import type { Told } from "./request-page.tsx";

const IN_PAGE = "A story in the page sends no letters and keeps no files: a broker does";

/** What goes with a request on paper: its letters, its evidence, and the files behind what was recorded. */
export function RequestDocuments(told: Told) {
  const { client, transport } = useBroker();
  const { book } = useSeat();
  const nameOf = useNames();
  const { isBusy, act } = useActing();
  const [added, setAdded] = useState<readonly string[]>([]);
  const { id } = told.request;
  const reason = transport.clock === undefined ? (isBusy ? "It is on its way" : undefined) : IN_PAGE;
  const notKept = useWriteReason(reason, "fileAdd");
  const take = (name: string, ask: () => Promise<Response>): void => {
    void act(async () => saveFile(await (await ask()).blob(), name));
  };
  const letters = lettersOf(told);
  const files = recordedFilesOf(told);
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <Panel title="Letters" padded={false}>
        {letters.length === 0 ? (
          <NoneYet command="offtake notices">A letter for each notice will be here once somebody is asked.</NoneYet>
        ) : (
          <ul className="divide-y divide-line">
            {letters.map(({ notice, holder, sentAt }) => (
              <li key={notice} className={ROW}>
                <span className="min-w-0 flex-[1_1_14rem]">
                  <span className="font-medium">Notice to {nameOf(holder)}</span>{" "}
                  <Instant at={sentAt} className="text-xs text-ink-soft" />
                  <span className="block break-all font-mono text-xs text-ink-soft">{notice}</span>
                </span>
                <Button
                  operation="noticeLetter"
                  disabledReason={reason}
                  aria-label={`Letter to ${nameOf(holder)} as PDF`}
                  onPress={() => take(`${notice}.pdf`, () => client.send("noticeLetter", { params: { book, notice } }))}
                >
                  Letter (PDF)
                </Button>
                <Button
                  operation="evidenceExport"
                  disabledReason={reason}
                  aria-label={`Evidence of the notice to ${nameOf(holder)}`}
                  onPress={() =>
                    take(`${notice}.evidence.json`, () => client.send("evidenceExport", { params: { book, notice } }))
                  }
                >
                  Evidence
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel
        title="Evidence"
        foot="Checked offline by offtake evidence verify, or in the browser on the page Evidence."
      >
        <p className="text-ink-soft">
          Who was asked, when, by which clause, what they answered, and that nobody was left out before the market was
          asked: as one file.
        </p>
        <p className="mt-3">
          <Button
            operation="evidenceExport"
            disabledReason={reason}
            onPress={() =>
              take(`${id}.evidence.json`, () =>
                client.send("evidenceExportOfRequest", { params: { book, request: id } }),
              )
            }
          >
            Download the evidence
          </Button>
        </p>
      </Panel>
      <Panel title="Files behind the record" padded={false} className="lg:col-span-2">
        {files.length === 0 && added.length === 0 ? (
          <NoneYet>Mails and papers from which answers and bids were recorded will be here.</NoneYet>
        ) : (
          <ul className="divide-y divide-line">
            {files.map(({ file, what, party, by, medium, at }) => (
              <li key={`${file} ${at}`} className={ROW}>
                <span className="min-w-0 flex-[1_1_14rem]">
                  <span className="font-medium">
                    The {what} of {nameOf(party)}
                  </span>
                  , by {medium.replaceAll("_", " ")}, recorded by {nameOf(by)}{" "}
                  <Instant at={at} className="text-xs text-ink-soft" />
                  <span className="block break-all font-mono text-xs text-ink-soft">{file}</span>
                </span>
                <Button
                  disabledReason={reason}
                  onPress={() => take(file, () => client.send("fileRead", { params: { book, file } }))}
                >
                  Download
                </Button>
              </li>
            ))}
            {added.map((name) => (
              <li key={name} className={ROW}>
                {name} is kept for your party
              </li>
            ))}
          </ul>
        )}
        <div className="border-t border-line px-4 py-3">
          <label className="flex flex-wrap items-center gap-2">
            <span className="text-ink-soft">Keep a file for your party</span>
            <input
              type="file"
              disabled={notKept !== undefined}
              accept=".pdf,.eml,.jpg,.jpeg,.png,.txt,.csv,.xlsx,.docx"
              onChange={({ target }) => {
                const [file] = target.files ?? [];
                if (file === undefined) return;
                void act(async () => {
                  const bytes = new Uint8Array(await file.arrayBuffer());
                  const contentType = file.type === "" ? "message/rfc822" : file.type;
                  await client.call("fileAdd", { params: { book }, query: { name: file.name }, bytes, contentType });
                  setAdded((before) => [...before, file.name]);
                }, `${file.name} is kept`);
              }}
              className="min-w-0 text-xs file:mr-3 file:cursor-pointer file:rounded file:border-0 file:bg-hover file:px-2.5 file:py-1 file:text-ink"
            />
          </label>
          {notKept === undefined || isBusy ? undefined : <p className="mt-1 text-xs text-ink-soft">{notKept}.</p>}
        </div>
      </Panel>
    </div>
  );
}

const ROW = "flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5";
