import type { Schemas } from "@offtake/client";
import { Link } from "@tanstack/react-router";
import { Loaded } from "../../app/loaded.tsx";
import { useBook } from "../../app/broker.ts";
import { useNames } from "../../app/names.ts";
import { useReading } from "../../app/queries.ts";
import { countOf, countText } from "../../amounts/counts.ts";
import { moneyText, rateText } from "../../amounts/money.ts";
import { basisOf } from "../../clock/basis.ts";
import { Instant } from "../../clock/instant.tsx";
import { useNow } from "../../clock/viewing.ts";
import { DeadlineClock } from "../../clock/deadline-clock.tsx";
import { CoverageChart } from "../../coverage/coverage-chart.tsx";
import { coverageOf } from "../../coverage/of-request.ts";
import { flowOf } from "../../flow/flow.ts";
import { FlowChart } from "../../flow/flow-chart.tsx";
import { StageLadder } from "../../ladder/stage-ladder.tsx";
import { stagesOf } from "../../ladder/stages.ts";
import { Panel } from "../../surface/panel.tsx";
import { WhyPanel } from "../../why/why-panel.tsx";
import type { Told } from "./request-page.tsx";
import { awardTotals } from "./totals.ts";

/** Where a request stands: its stages, its clock, who covers how much of it, and which clauses had a say. */
export function RequestOverview({ request, notices, awards }: Told) {
  const nameOf = useNames();
  const why = useReading("explanationRead", { params: { subject: request.id } });
  const coverage = coverageOf(request, notices, awards);
  return (
    <div className="space-y-4">
      <Panel>
        <StageLadder stages={stagesOf(request, notices)} />
      </Panel>
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <Panel title={request.view.closed ? "What came of it" : "Clock"}>
          {request.view.closed ? (
            <CameOf request={request} awards={awards} />
          ) : (
            <RequestClock request={request} notices={notices} />
          )}
        </Panel>
        <Panel title="Coverage">
          <CoverageChart coverage={coverage} nameOf={nameOf} />
        </Panel>
      </div>
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Panel title="Flow of demand">
          <FlowChart flow={flowOf(coverage.segments, nameOf)} />
        </Panel>
        <Panel
          title="Why"
          actions={
            <Link
              to="/requests/$request/$tab"
              params={{ request: request.id, tab: "explain" }}
              className="text-xs text-accent underline-offset-3 hover:underline"
            >
              Every step
            </Link>
          }
        >
          <Loaded query={why} what="the reasons">
            {({ data }) => <WhyPanel explanation={data} clauseHref={clauseHref} isBrief />}
          </Loaded>
        </Panel>
      </div>
    </div>
  );
}

/** Where the text of a clause stands; what the address carries comes along. */
export function clauseHref(agreement: string, clause: string): string {
  return `/agreements/${encodeURIComponent(agreement)}${location.search}#${encodeURIComponent(clause)}`;
}

const untilNextMinute = (now: number): number => 60_000 - (now % 60_000);

/** The clock that runs now: of the notice that ends first, else of the tender, else nothing. */
function RequestClock({ request, notices }: Pick<Told, "request" | "notices">) {
  const { zone } = useBook();
  const nameOf = useNames();
  const now = useNow(untilNextMinute);
  const open = notices
    .filter(({ status, view }) => (status === "open" || status === "sent") && view.clock !== undefined)
    .toSorted((a, b) => respondBy(a) - respondBy(b));
  const [first] = open;
  if (first?.view.clock !== undefined) {
    const { clock, notice } = first.view;
    return (
      <>
        <DeadlineClock
          at={clock.respondBy}
          zone={clock.zone}
          label={`${nameOf(notice.holder)} answers by`}
          basis={basisOf(clock)}
          silence="No answer means the notice lapses, and what it was about goes to the market."
          since={clock.deemedReceivedAt}
        />
        {open.length > 1 ? (
          <p className="mt-3 text-xs text-ink-soft">{open.length - 1} more notices are open and end later.</p>
        ) : undefined}
      </>
    );
  }
  const tender = request.view.closed ? undefined : request.view.tenders.at(-1)?.tender;
  if (tender !== undefined && (request.deadline !== undefined || Date.parse(tender.closesAt) > now))
    return (
      <DeadlineClock
        at={tender.closesAt}
        zone={zone}
        label="Bids by"
        silence="Bids are opened together, right after."
      />
    );
  if (request.status === "awaiting_approval")
    return (
      <p className="text-ink-soft">
        It waits for the approval of somebody else of your party, and nobody has been asked for anything yet.{" "}
        <Link to="/approvals" className="text-accent underline underline-offset-3">
          Approvals
        </Link>
      </p>
    );
  return <p className="text-ink-soft">No clock runs at the moment.</p>;
}

/** Of a closed request: how much of it was awarded, to how many, at what cost, and why it ended. */
function CameOf({ request, awards }: Pick<Told, "request" | "awards">) {
  const nameOf = useNames();
  const lines = awards.flatMap(({ view }) => (view.as === "keeper" ? view.award.lines : []));
  const asked = request.view.request.lines.reduce((sum, { count }) => sum + count, 0);
  const { why } = request.view;
  if (lines.length === 0)
    return <p className="text-ink-soft">It is closed, and nothing was awarded.{why === undefined ? "" : ` ${why}`}</p>;
  const { count, cost, blended } = awardTotals(lines);
  const providers = [...new Set(lines.map(({ provider }) => nameOf(provider)))];
  const last = awards
    .map(({ updatedAt }) => updatedAt)
    .toSorted()
    .at(-1);
  return (
    <>
      <p className="text-ink-soft">Awarded to {countOf(providers.length, "provider")}</p>
      <p className="text-lg font-semibold tracking-tight">{cost === undefined ? countText(count) : moneyText(cost)}</p>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        <dt className="text-ink-soft">Accelerators</dt>
        <dd>
          {countText(count)} of {countText(asked)}
        </dd>
        {blended === undefined ? undefined : (
          <>
            <dt className="text-ink-soft">Blended</dt>
            <dd>{rateText(blended)}</dd>
          </>
        )}
        <dt className="text-ink-soft">From</dt>
        <dd>{providers.join(", ")}</dd>
        {last === undefined ? undefined : (
          <>
            <dt className="text-ink-soft">Last change</dt>
            <dd>
              <Instant at={last} />
            </dd>
          </>
        )}
      </dl>
      {why === undefined ? undefined : <p className="mt-3 text-xs text-ink-soft">{why}</p>}
      <p className="mt-4">
        <Link
          to="/requests/$request/$tab"
          params={{ request: request.id, tab: "outcome" }}
          className="text-xs text-accent underline-offset-3 hover:underline"
        >
          Bids and awards
        </Link>
      </p>
    </>
  );
}

const respondBy = ({ view }: Schemas["Notice"]): number => Date.parse(view.clock?.respondBy ?? "9999-12-31T00:00:00Z");
