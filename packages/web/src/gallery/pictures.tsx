import { CoverageChart } from "../coverage/coverage-chart.tsx";
import { coverageOf } from "../coverage/of-request.ts";
import type { Coverage } from "../coverage/segments.ts";
import { flowOf } from "../flow/flow.ts";
import { FlowChart } from "../flow/flow-chart.tsx";
import { Panel } from "../surface/panel.tsx";
import { nameOf } from "./names.ts";
import { Room } from "./room.tsx";
import { only, toldTo } from "./told.ts";

const STAGES = [
  ["Asked", "2026-03-02T17:00:00Z"],
  ["Answered, open to the market", "2026-03-12T20:00:00Z"],
  ["Awarded", "2026-12-31T00:00:00Z"],
] as const;

const day = (month: number, date: number): string => new Date(Date.UTC(2026, month, date)).toISOString();

/** Demand that grows and falls, and suppliers that come and go: what a request of several lines looks like. */
const UNEVEN: Coverage = {
  demand: [
    { count: 2_048, span: { from: day(3, 1), to: day(8, 1) } },
    { count: 1_024, span: { from: day(4, 15), to: day(6, 20) } },
    { count: 512, span: { from: day(5, 10), to: day(9, 1) } },
  ],
  segments: [
    { layer: "accepted", party: "meridian", count: 1_400, span: { from: day(3, 1), to: day(8, 1) } },
    {
      layer: "through",
      party: "meridian",
      host: "corvid-cloud",
      count: 600,
      span: { from: day(3, 20), to: day(7, 1) },
    },
    { layer: "asked", party: "ember", count: 900, span: { from: day(4, 15), to: day(6, 20) } },
    { layer: "market", count: 512, span: { from: day(5, 10), to: day(9, 1) } },
    { layer: "open", count: 48, span: { from: day(3, 20), to: day(7, 1) } },
  ],
};

export function Pictures() {
  return (
    <Room title="Coverage and flow">
      <div className="grid gap-4 lg:grid-cols-2">
        {STAGES.flatMap(([title, at]) => {
          const { all } = toldTo("aurora-labs", at);
          const coverage = coverageOf(only(all("requests")), all("notices"), all("awards"));
          return [
            <Panel key={`${title} coverage`} title={`Coverage: ${title}`}>
              <CoverageChart coverage={coverage} nameOf={nameOf} />
            </Panel>,
            <Panel key={`${title} flow`} title={`Flow: ${title}`}>
              <FlowChart flow={flowOf(coverage.segments, nameOf)} />
            </Panel>,
          ];
        })}
        <Panel title="Coverage: uneven" className="lg:col-span-2">
          <CoverageChart coverage={UNEVEN} nameOf={nameOf} height={260} />
        </Panel>
        <Panel title="Nothing asked for" className="lg:col-span-2">
          <CoverageChart coverage={{ demand: [], segments: [] }} nameOf={nameOf} height={80} />
        </Panel>
      </div>
    </Room>
  );
}
