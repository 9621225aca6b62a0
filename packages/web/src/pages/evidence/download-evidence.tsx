import { useActing } from "../../app/acting.ts";
import { useBook, useBroker, useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { saveFile } from "../../files/save.ts";
import { NoneYet } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";

/** The newest: each request has its own under its documents. */
const SHOWN = 8;
const IN_PAGE = "A story in the page packs no evidence: a broker does";

/** That those with a right were asked first, on time and on the same terms: as a file for each request, or for each notice to one's party. */
export function DownloadEvidence() {
  const { isKeeper } = useBook();
  return (
    <Panel
      title="Evidence, newest first"
      padded={false}
      foot="Checked without this broker: on this page, or by offtake evidence verify. Each request has its own under Documents too."
    >
      {isKeeper ? <OfRequests /> : <OfNotices />}
    </Panel>
  );
}

function OfRequests() {
  const query = useReading("requestList", { query: { limit: SHOWN, order: "created", descending: "true" } });
  const { client } = useBroker();
  const { book } = useSeat();
  return (
    <Loaded query={query} what="requests">
      {({ data }) => (
        <Files
          files={data.map(({ id, status }) => ({
            id,
            state: stateOf("requests", status),
            ask: () => client.send("evidenceExportOfRequest", { params: { book, request: id } }),
          }))}
          none="What proves how each request was dealt with will be here."
        />
      )}
    </Loaded>
  );
}

function OfNotices() {
  const query = useReading("noticeList", { query: { limit: SHOWN, order: "created", descending: "true" } });
  const { client } = useBroker();
  const { book } = useSeat();
  return (
    <Loaded query={query} what="notices">
      {({ data }) => (
        <Files
          files={data.map(({ id, status }) => ({
            id,
            state: stateOf("notices", status),
            ask: () => client.send("evidenceExport", { params: { book, notice: id } }),
          }))}
          none="What proves how each notice to you was dealt with will be here."
        />
      )}
    </Loaded>
  );
}

interface FilesProps {
  readonly files: readonly {
    readonly id: string;
    readonly state: ReturnType<typeof stateOf>;
    readonly ask: () => Promise<Response>;
  }[];
  readonly none: string;
}

function Files({ files, none }: FilesProps) {
  const { transport } = useBroker();
  const { isBusy, act } = useActing();
  const reason = transport.clock === undefined ? (isBusy ? "It is on its way" : undefined) : IN_PAGE;
  if (files.length === 0) return <NoneYet command="offtake evidence export REQUEST">{none}</NoneYet>;
  return (
    <>
      <ul className="divide-y divide-line">
        {files.map(({ id, state, ask }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
            <span className="min-w-0 flex-1 truncate font-medium">{id}</span>
            <Badge {...state} />
            <Button
              operation="evidenceExport"
              disabledReason={reason}
              aria-label={`Download the evidence of ${id}`}
              onPress={() => void act(async () => saveFile(await (await ask()).blob(), `${id}.evidence.json`))}
            >
              Download
            </Button>
          </li>
        ))}
      </ul>
      {reason === IN_PAGE ? (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-soft">{IN_PAGE}.</p>
      ) : undefined}
    </>
  );
}
