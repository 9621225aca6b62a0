import type { Schemas } from "@offtake/client";
import { countText } from "../../amounts/counts.ts";
import { useNames } from "../../app/names.ts";
import { useList } from "../../app/paging.ts";
import { Window } from "../../clock/window.tsx";
import { Badge } from "../../states/badge.tsx";
import { stateOf } from "../../states/state-of.ts";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";

const WHOLE = { rowsOf: (hosting: Schemas["Hosting"]) => [hosting], holds: "all" } as const;

/** What one is to run for others who sell it: how many and when, and nothing of what they sell it for or to whom. */
export function Hosted() {
  const nameOf = useNames();
  const { query, long } = useList("blockListHostings", NEXT, NEXT, WHOLE);
  const parts = query.data?.rows ?? [];
  if (parts.length === 0) return undefined;
  return (
    <Panel
      title="Run by you for others"
      padded={false}
      className="mt-4"
      {...(long?.hasMore === true
        ? {
            foot: (
              <span className="flex flex-wrap items-center justify-between gap-2">
                {countText(long.loaded)} of {countText(long.total)} are shown.
                <Button onPress={long.more} disabledReason={long.isLoadingMore ? "They are on their way" : undefined}>
                  Show more
                </Button>
              </span>
            ),
          }
        : {})}
    >
      <ul className="divide-y divide-line">
        {parts.map(({ id, status, view: { seller, count, window } }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
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

const NEXT = { order: "next" } as const;
