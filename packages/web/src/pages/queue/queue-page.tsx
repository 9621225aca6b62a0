import { useQuery } from "@tanstack/react-query";
import { useBroker } from "../../app/broker.ts";
import { reading } from "../../app/queries.ts";

/** What waits for somebody, what falls due first at the top. */
export function QueuePage() {
  const { data, isPending, error } = useQuery(reading(useBroker(), "queueRead", {}));
  return (
    <>
      <h1 className="text-lg font-semibold">Queue</h1>
      {isPending ? <p className="mt-4 text-ink-soft">Loading…</p> : undefined}
      {error === null ? undefined : <p role="alert">{error.message}</p>}
      <ul className="mt-4 divide-y divide-line rounded-lg border border-line bg-panel">
        {data?.data.map(({ kind, object }) => (
          <li key={`${kind} ${object.id}`} className="flex gap-4 px-4 py-2">
            <span className="w-28 text-ink-soft">{kind}</span>
            <span className="font-mono">{object.id}</span>
            <span>{object.status}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
