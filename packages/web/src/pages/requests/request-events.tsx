import { Loaded } from "../../app/loaded.tsx";
import { FEED_TAIL, useFeedTail } from "../../app/feed-tail.ts";
import { Instant } from "../../clock/instant.tsx";
import { NoneYet, TooLarge } from "../../lists/list-states.tsx";
import type { Told } from "./request-page.tsx";

/** What one was told about a request, entry by entry, as it stands in one's own feed. */
export function RequestEvents(told: Told) {
  const { feed, from } = useFeedTail();
  const ids = new Set([told.request.id, ...told.notices.map(({ id }) => id), ...told.awards.map(({ id }) => id)]);
  return (
    <Loaded query={feed} what="the events">
      {({ data }) => {
        const own = data.filter(({ event }) => names(event, ids));
        return (
          <div className="overflow-hidden rounded-lg border border-line bg-panel">
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
                      <pre className="overflow-x-auto font-mono text-xs leading-5">
                        {JSON.stringify(event, undefined, 2)}
                      </pre>
                    </div>
                  </details>
                </li>
              ))}
            </ol>
            {from > 0 ? <TooLarge shown={FEED_TAIL} command={"offtake feed"} /> : undefined}
          </div>
        );
      }}
    </Loaded>
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
