import { countText } from "../../amounts/counts.ts";
import { useFeedTail } from "../../app/feed-tail.ts";
import { Instant } from "../../clock/instant.tsx";
import { CouldNotLoad, Loading, NoneYet } from "../../lists/list-states.tsx";
import { Button } from "../../surface/button.tsx";
import type { Told } from "./request-page.tsx";

/** What one was told about a request, entry by entry, as it stands in one's own feed. */
export function RequestEvents(told: Told) {
  const { entries, from, isLoading, error, back } = useFeedTail();
  const ids = new Set([told.request.id, ...told.notices.map(({ id }) => id), ...told.awards.map(({ id }) => id)]);
  if (error !== null && entries.length === 0) return <CouldNotLoad detail={error.message} onRetry={back} />;
  if (isLoading && entries.length === 0) return <Loading what="the events" />;
  const own = entries.filter(({ event }) => names(event, ids));
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-panel" aria-busy={isLoading}>
      {from > 0 ? (
        <p className="flex flex-wrap items-center justify-between gap-2 border-b border-line bg-sunken px-4 py-2 text-xs text-ink-soft">
          {countText(from)} entries of your feed stand before these and were not looked through.
          <Button onPress={back} disabledReason={isLoading ? "They are on their way" : undefined}>
            Look further back
          </Button>
        </p>
      ) : undefined}
      {own.length === 0 ? (
        <NoneYet command="offtake feed">What you are told about this request will be here.</NoneYet>
      ) : undefined}
      <ol className="divide-y divide-line">
        {own.map(({ position, at, type, hash, event }) => (
          <li key={position} id={`event-${position}`}>
            <details>
              <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-4 px-4 py-2 hover:bg-hover">
                <span className="w-10 text-right text-ink-faint">{position}</span>
                <span className="min-w-0 flex-1 font-medium">{wordsOf(type)}</span>
                <Instant at={at} className="text-xs text-ink-soft" />
              </summary>
              <div className="border-t border-line bg-sunken px-4 py-3">
                <p className="mb-2 break-all font-mono text-xs text-ink-soft">{hash}</p>
                <pre className="overflow-x-auto font-mono text-xs leading-5">{JSON.stringify(event, undefined, 2)}</pre>
              </div>
            </details>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** "tenderOpened" as people read it. */
export const wordsOf = (type: string): string =>
  type.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^./, (letter) => letter.toUpperCase());

/** Whether anything in a value is one of these ids. */
function names(value: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof value === "string") return ids.has(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((part) => names(part, ids));
}
