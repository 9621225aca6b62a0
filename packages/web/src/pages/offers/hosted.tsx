import { countText } from "../../amounts/counts.ts";
import { useFeedTail } from "../../app/feed-tail.ts";
import { useNames } from "../../app/names.ts";
import { useReading } from "../../app/queries.ts";
import { Window } from "../../clock/window.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { Panel } from "../../surface/panel.tsx";
import { hostedOf } from "./hostings.ts";

/** What one is to run for others who sell it: how many and when, and nothing of what they sell it for or to whom. */
export function Hosted() {
  const nameOf = useNames();
  const { feed } = useFeedTail();
  const awards = useReading("awardList", { query: { limit: 1_000 } });
  const parts = hostedOf(feed.data?.data ?? [], awards.data?.data ?? []);
  if (parts.length === 0) return undefined;
  return (
    <Panel title="Run by you for others" padded={false} className="mt-4">
      <ul className="divide-y divide-line">
        {parts.map(({ part, seller, count, window, status }) => (
          <li key={part} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="font-medium">
              {countText(count)} for {nameOf(seller)}
            </span>
            <Window span={window} className="text-ink-soft" />
            <span className="flex-1" />
            <Badge {...stateOf("hostings", status)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
