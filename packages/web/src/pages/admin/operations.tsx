import type { Operations } from "@offtake/client";
import { useQuery } from "@tanstack/react-query";
import { countText } from "../../amounts/counts.ts";
import { useActing } from "../../app/acting.ts";
import { useBroker } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { reading } from "../../app/queries.ts";
import { Instant } from "../../clock/instant.tsx";
import { saveFile } from "../../files/save.ts";
import { Badge } from "../../states/badge.tsx";
import { Button } from "../../surface/button.tsx";
import { KeyFigures } from "../../surface/key-figures.tsx";
import { Panel } from "../../surface/panel.tsx";
import { Outgoing } from "./outgoing.tsx";
import { figuresOf, versionsOf } from "./server-figures.ts";

export type Status = Operations["serverStatusRead"]["answer"]["data"];

/** How the broker does, for whoever runs it: its nodes and their versions, what lags, what waits to be sent. */
export function ServerOperations({ everyMs }: { readonly everyMs: number }) {
  const query = useQuery({ ...reading(useBroker(), "serverStatusRead", {}), refetchInterval: everyMs });
  return (
    <Loaded query={query} what="the state of the broker">
      {({ data }) => (
        <>
          <KeyFigures figures={figuresOf(data)} />
          <Outgoing outbox={data.outbox} />
          <Nodes status={data} />
        </>
      )}
    </Loaded>
  );
}

function Nodes({ status }: { readonly status: Status }) {
  const versions = versionsOf(status);
  return (
    <Panel
      title={`${countText(status.nodes.length)} ${status.nodes.length === 1 ? "node" : "nodes"}`}
      padded={false}
      actions={<SupportBundle />}
      foot={`PostgreSQL ${status.database.version}, answers in ${status.database.roundTripMs} ms, ${countText(status.database.migrations)} migrations applied.${status.console === undefined ? "" : ` Console ${status.console}.`}`}
    >
      {versions.length > 1 ? (
        <p className="border-b border-line bg-waiting-ground px-4 py-2">
          <span aria-hidden="true" className="text-waiting">
            ◔
          </span>{" "}
          An upgrade is on its way: {versions.map(({ version, nodes }) => `${nodes} on ${version}`).join(", ")}. Old and
          new nodes serve side by side.
        </p>
      ) : undefined}
      <ul className="divide-y divide-line">
        {status.nodes.map(({ id, version, since, isThis }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
            <Badge family="secured" word="Serves" />
            <span className="font-mono">{id}</span>
            <span>Offtake {version}</span>
            <span className="text-xs text-ink-soft">
              since <Instant at={since} />
            </span>
            {isThis ? <span className="text-xs text-ink-soft">answers you now</span> : undefined}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function SupportBundle() {
  const { client } = useBroker();
  const { isBusy, act } = useActing();
  return (
    <Button
      disabledReason={isBusy ? "It is on its way" : undefined}
      onPress={() =>
        void act(async () =>
          saveFile(await (await client.send("supportBundleRead", {})).blob(), "offtake-support.json"),
        )
      }
    >
      Download support bundle
    </Button>
  );
}
