import { useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { mayCall } from "../../app/may.ts";
import { useReading } from "../../app/queries.ts";
import { countText } from "../../amounts/counts.ts";
import { CopyButton } from "../../copy/copy-button.tsx";
import { KeyFigures } from "../../surface/key-figures.tsx";
import { Panel } from "../../surface/panel.tsx";
import { PageTitle } from "../page-title.tsx";
import { DownloadEvidence } from "./download-evidence.tsx";
import { DownloadFeed } from "./download-feed.tsx";
import { VerifyFile } from "./verify-file.tsx";

/** What was told to one's party, to take away, and the proof that nothing of it was changed. */
export function EvidencePage() {
  const { roles } = useSeat();
  const mayFeed = mayCall(roles, "feedRead");
  const head = useReading("feedRead", { query: { limit: 1 } }, mayFeed);
  return (
    <>
      <PageTitle
        title="Evidence"
        under={
          mayFeed
            ? "Everything that your party was ever told, chained entry by entry, to take away and to check."
            : "Whether evidence that you were handed was changed, and whether it decides as it says: checked in this browser."
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <div className="space-y-4">
          {mayFeed ? (
            <Panel title="Your feed">
              <Loaded query={head} what="the feed">
                {({ length }) => (
                  <div className="space-y-4">
                    <KeyFigures figures={[{ label: "Entries", value: countText(length) }]} />
                    <p className="text-ink-soft">
                      Each entry holds the hash of the one before. Whoever has a receipt can tell whether anything that
                      came before it was changed, without asking this broker.
                    </p>
                    <div className="flex flex-wrap gap-2">
                      <DownloadFeed />
                      <CopyButton text={"offtake feed --out feed.ndjson"} look="plain">
                        Copy the command that exports it
                      </CopyButton>
                    </div>
                  </div>
                )}
              </Loaded>
            </Panel>
          ) : undefined}
          <Panel title="Check an export in this browser">
            <VerifyFile />
          </Panel>
        </div>
        {mayCall(roles, "evidenceExport") ? <DownloadEvidence /> : undefined}
      </div>
    </>
  );
}
