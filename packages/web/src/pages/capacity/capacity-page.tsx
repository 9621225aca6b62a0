import { Link, useSearch } from "@tanstack/react-router";
import { useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useNames } from "../../app/names.ts";
import { useReading } from "../../app/queries.ts";
import { countText } from "../../amounts/counts.ts";
import { horizonOf, spanAhead } from "../../clock/horizon.ts";
import { useViewing } from "../../clock/viewing.ts";
import { Window } from "../../clock/window.tsx";
import { CopyAs } from "../../copy/copy-as.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import type { CapacityTold } from "../../position/grid.ts";
import { Badge } from "../../states/badge.tsx";
import { Panel } from "../../surface/panel.tsx";
import { HorizonChoice } from "../horizon-choice.tsx";
import { PageTitle } from "../page-title.tsx";
import { type BlockRow, lineageOf } from "./blocks.ts";
import { FreeChart } from "./free-chart.tsx";
import { PositionGrid } from "./position-grid.tsx";

const TABS = [
  ["blocks", "Blocks"],
  ["position", "By month"],
] as const;

/** Capacity on record: blocks with what they were cut out of and what of them is free, and the same by accelerator, region and month. */
export function CapacityPage() {
  const { book } = useSeat();
  const { tab = "blocks", ahead } = useSearch({ strict: false });
  const { now, zones } = useViewing();
  const span = spanAhead(horizonOf(ahead), now());
  const query = useReading("capacityRead", { query: span });
  return (
    <>
      <PageTitle
        title="Capacity"
        under="What is on record, what it was cut out of, and what of it is free in the time ahead."
        actions={
          <>
            <HorizonChoice />
            <CopyAs
              cli={["capacity", "--from", span.from, "--to", span.to]}
              call={{ method: "GET", path: `/v1/books/${book}/capacity?${new URLSearchParams(span).toString()}` }}
            />
          </>
        }
      />
      <nav aria-label="Capacity" className="mb-4 flex gap-1 border-b border-line print:hidden">
        {TABS.map(([id, label]) => (
          <Link
            key={id}
            to="/capacity"
            search={(before) => ({ ...before, tab: id })}
            aria-current={tab === id ? "page" : undefined}
            className={`-mb-px border-b-2 px-3 py-1.5 ${tab === id ? "border-accent font-medium text-ink" : "border-transparent text-ink-soft hover:text-ink"}`}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Loaded query={query} what="capacity">
        {({ data }) =>
          data.blocks.length === 0 ? (
            <Panel padded={false}>
              <NoneYet>
                Blocks of capacity will be here once they are recorded: by whom, of what, where, and until when.
              </NoneYet>
            </Panel>
          ) : tab === "position" ? (
            <Panel
              title="Free, by month"
              padded={false}
              foot="The least that is free at any time of the month, and the most where it is more. Below 0: more is held than there is."
            >
              <PositionGrid capacity={data} zone={zones.contract} />
            </Panel>
          ) : (
            <Blocks capacity={data} />
          )
        }
      </Loaded>
    </>
  );
}

function Blocks({ capacity }: { readonly capacity: CapacityTold }) {
  const nameOf = useNames();
  return (
    <ul className="space-y-3">
      {lineageOf(capacity.blocks).map((row) => (
        <li key={row.block.block} style={{ marginLeft: `${row.depth * 1.5}rem` }}>
          <Block row={row} nameOf={nameOf} />
        </li>
      ))}
    </ul>
  );
}

function Block({
  row: { block, depth },
  nameOf,
}: {
  readonly row: BlockRow;
  readonly nameOf: (party: string) => string;
}) {
  const { block: id, provider, host, accelerator, region, quantity, firmness, lowestFree, lineage } = block;
  return (
    <Panel
      title={
        <span className="flex flex-wrap items-center gap-x-3">
          <span className="font-mono">{id}</span>
          {firmness === "forecast" ? (
            <Badge family="waiting" word="Forecast" partial />
          ) : (
            <Badge family="secured" word="Firm" />
          )}
        </span>
      }
    >
      <div className="grid gap-4 md:grid-cols-[18rem_1fr]">
        <dl className="grid grid-cols-[auto_1fr] content-start gap-x-4 gap-y-1">
          <dt className="text-ink-soft">What</dt>
          <dd>
            {countText(quantity)} × {accelerator}
          </dd>
          <dt className="text-ink-soft">Where</dt>
          <dd>{region}</dd>
          <dt className="text-ink-soft">Sold by</dt>
          <dd>
            {nameOf(provider)}
            {host === undefined ? "" : `, run by ${nameOf(host)}`}
          </dd>
          <dt className="text-ink-soft">When</dt>
          <dd>
            <Window span={block} />
          </dd>
          {depth === 0 && lineage.length === 0 ? undefined : (
            <>
              <dt className="text-ink-soft">Cut out of</dt>
              <dd className="font-mono">{lineage.join(" ← ")}</dd>
            </>
          )}
          <dt className="text-ink-soft">Lowest free</dt>
          <dd className={lowestFree < 0 ? "font-medium text-breach" : "font-medium"}>
            {lowestFree < 0 ? "✕ " : ""}
            {countText(lowestFree)}
          </dd>
        </dl>
        <FreeChart block={block} />
      </div>
    </Panel>
  );
}
