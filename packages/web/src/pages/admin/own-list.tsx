import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Loaded } from "../../app/loaded.tsx";
import { Panel } from "../../surface/panel.tsx";

interface OwnListProps<One> {
  readonly query: UseQueryResult<{ readonly data: readonly One[] }>;
  readonly what: string;
  /** What stands there while there is nothing. */
  readonly empty: ReactNode;
  /** An entry, as an item of a list. */
  readonly children: (one: One) => ReactNode;
}

/** What a party has of something it looks after itself. */
export function OwnList<One>({ query, what, empty, children }: OwnListProps<One>) {
  return (
    <Loaded query={query} what={what}>
      {({ data }) =>
        data.length === 0 ? (
          <Panel padded={false}>{empty}</Panel>
        ) : (
          <ul className="divide-y divide-line rounded-lg border border-line bg-panel">{data.map(children)}</ul>
        )
      }
    </Loaded>
  );
}
