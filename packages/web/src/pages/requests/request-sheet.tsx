import { Loaded } from "../../app/loaded.tsx";
import { useNames } from "../../app/names.ts";
import { useReading } from "../../app/queries.ts";
import { useNow } from "../../clock/viewing.ts";
import { Instant } from "../../clock/instant.tsx";
import { CoverageChart } from "../../coverage/coverage-chart.tsx";
import { coverageOf } from "../../coverage/of-request.ts";
import { StageLadder } from "../../ladder/stage-ladder.tsx";
import { stagesOf } from "../../ladder/stages.ts";
import { Button } from "../../surface/button.tsx";
import { Panel } from "../../surface/panel.tsx";
import { WhyPanel } from "../../why/why-panel.tsx";
import { RequestOutcome } from "./request-outcome.tsx";
import type { Told } from "./request-page.tsx";
import { RequestTimeline } from "./request-timeline.tsx";

/** All of a request on paper: where it stands, who covers it, what was bid and awarded, what happened when, and why. */
export function RequestSheet(told: Told) {
  const { request, notices, awards } = told;
  const nameOf = useNames();
  const why = useReading("explanationRead", { params: { subject: request.id } });
  const now = useNow(() => 60_000);
  return (
    <div className="space-y-4">
      <p className="flex flex-wrap items-center justify-between gap-3 text-ink-soft">
        <span>
          As it stood <Instant at={new Date(now).toISOString()} />, as your party was told it.
        </span>
        <span className="print:hidden">
          <Button look="main" onPress={() => print()}>
            Print
          </Button>
        </span>
      </p>
      <Panel>
        <StageLadder stages={stagesOf(request, notices)} />
      </Panel>
      <Panel title="Coverage">
        <CoverageChart coverage={coverageOf(request, notices, awards)} nameOf={nameOf} height={180} />
      </Panel>
      <RequestOutcome {...told} />
      <RequestTimeline {...told} />
      <Panel title="Why">
        <Loaded query={why} what="the reasons">
          {({ data }) => <WhyPanel explanation={data} />}
        </Loaded>
      </Panel>
    </div>
  );
}
