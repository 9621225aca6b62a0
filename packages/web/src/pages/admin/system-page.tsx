import { useQuery } from "@tanstack/react-query";
import { useBroker, useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { mayCall } from "../../app/may.ts";
import { reading, useReading } from "../../app/queries.ts";
import { useNow } from "../../clock/viewing.ts";
import { stateOf } from "../../states/state-of.ts";
import { Badge } from "../../states/badge.tsx";
import { KeyFigures } from "../../surface/key-figures.tsx";
import { Panel } from "../../surface/panel.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { Due } from "../due.tsx";
import { PageTitle } from "../page-title.tsx";
import { ServerOperations } from "./operations.tsx";
import { metricsOf } from "./metrics.ts";

const REFRESH_MS = 10_000;
const DEADLINES = 5;

/** Whether the broker serves, how far its clock is from this machine's, what falls due next, and for who runs it, its figures. */
export function SystemPage() {
  const broker = useBroker();
  const { transport, session } = broker;
  const seat = useSeat();
  const ready = useQuery({ ...reading(broker, "readinessRead", {}), refetchInterval: REFRESH_MS });
  const mayQueue = mayCall(seat.roles, "queueRead");
  const queue = useReading("queueRead", {}, mayQueue);
  const now = useNow(() => 1_000);
  const skewMs = transport.now() - Date.now();
  const isOperator = seat.roles.includes("operator");
  const due = (queue.data?.data ?? []).flatMap((entry) =>
    entry.object.deadline === undefined ? [] : [{ ...entry, deadline: entry.object.deadline }],
  );
  const next = due.toSorted((a, b) => Date.parse(a.deadline) - Date.parse(b.deadline)).slice(0, DEADLINES);
  return (
    <>
      <PageTitle
        title="System"
        under="Whether this broker serves, and what falls due next."
        actions={<CopyAs cli={["doctor"]} call={{ method: "GET", path: "/readyz" }} />}
      />
      <div className="space-y-4">
        <KeyFigures
          figures={[
            ready.error === null
              ? {
                  label: "Broker",
                  value: ready.data === undefined ? "–" : "● serves",
                  family: "secured",
                  note: "database answers, feeds are kept up",
                }
              : { label: "Broker", value: "✕ does not serve", family: "breach", note: ready.error.message },
            {
              label: "Broker's clock against this machine's",
              value:
                transport.clock === undefined
                  ? `${skewMs < 0 ? "−" : "+"}${(Math.abs(skewMs) / 1_000).toFixed(1)} s`
                  : "of the story",
              note: "deadlines run by the broker's",
              ...(transport.clock === undefined && Math.abs(skewMs) > 5_000 ? { family: "attention" as const } : {}),
            },
            ...(mayQueue ? [{ label: "Waiting in the queue", value: String(queue.data?.data.length ?? "–") }] : []),
            { label: "Logged in until", value: leftOf(session.expiresAt, now), note: "the session of this browser" },
          ]}
        />
        {mayQueue ? (
          <Panel title="Next deadlines" padded={false}>
            {next.length === 0 ? (
              <p className="px-4 py-3 text-ink-soft">Nothing falls due.</p>
            ) : (
              <ul className="divide-y divide-line">
                {next.map(({ kind, object, deadline }) => (
                  <li
                    key={`${kind} ${object.id}`}
                    className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-2"
                  >
                    <span className="flex flex-wrap items-center gap-2">
                      <span className="font-mono">{object.id}</span> <Badge {...stateOf(kind, object.status)} />
                    </span>
                    <Due at={deadline} />
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        ) : undefined}
        {isOperator ? (
          <>
            <ServerOperations everyMs={REFRESH_MS} />
            <Figures />
          </>
        ) : undefined}
      </div>
    </>
  );
}

function leftOf(at: string, now: number): string {
  const hours = Math.max(0, Math.floor((Date.parse(at) - now) / 3_600_000));
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** What the broker counts, as its monitoring reads it. */
function Figures() {
  const query = useQuery({ ...reading(useBroker(), "metricsRead", {}), refetchInterval: REFRESH_MS });
  return (
    <Panel title="Figures" padded={false} foot="As /metrics tells them to your monitoring; no party is named in them.">
      <Loaded query={query} what="figures">
        {(text) => (
          <dl className="divide-y divide-line">
            {metricsOf(text).map(({ name, help, samples }) => (
              <div key={name} className="grid gap-x-6 gap-y-1 px-4 py-2 md:grid-cols-2">
                <dt className="min-w-0">
                  <code className="break-all font-mono text-xs">{name}</code>
                  <span className="block text-xs text-ink-soft">{help}</span>
                </dt>
                <dd className="min-w-0 font-mono text-xs md:text-right">
                  {samples.map((sample) => (
                    <span key={`${sample.name} ${sample.labels}`} className="block break-all">
                      {sample.name === name ? "" : `${sample.name.slice(name.length + 1)} `}
                      {sample.labels === "" ? "" : <span className="text-ink-soft">{sample.labels} </span>}
                      {sample.value}
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Loaded>
    </Panel>
  );
}
