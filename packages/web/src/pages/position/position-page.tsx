import type { Schemas } from "@offtake/client";
import { Link, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useSeat } from "../../app/broker.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { countText } from "../../amounts/counts.ts";
import { horizonOf, spanAhead } from "../../clock/horizon.ts";
import { useViewing } from "../../clock/viewing.ts";
import { CopyAs } from "../../copy/copy-as.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { monthsOf, monthText } from "../../position/grid.ts";
import { type PositionCell, positionGrid, type PositionRow } from "../../position/told.ts";
import { Panel } from "../../surface/panel.tsx";
import { HorizonChoice } from "../horizon-choice.tsx";
import { PageTitle } from "../page-title.tsx";

type PositionTold = Schemas["Position"];

/** What is asked for, what of it is secured and what is missing, by accelerator and region, month by month: as the broker works it out. */
export function PositionPage() {
  const { book } = useSeat();
  const { ahead } = useSearch({ strict: false });
  const { now } = useViewing();
  const span = spanAhead(horizonOf(ahead), now());
  const query = useReading("positionRead", { query: span });
  return (
    <>
      <PageTitle
        title="Position"
        under="What is asked for, what of it is secured, and what is missing."
        actions={
          <>
            <HorizonChoice />
            <CopyAs
              cli={["position", "--from", span.from, "--to", span.to]}
              call={{ method: "GET", path: `/v1/books/${book}/position?${new URLSearchParams(span).toString()}` }}
            />
          </>
        }
      />
      <Loaded query={query} what="the position">
        {({ data }) => <Grid position={data} />}
      </Loaded>
    </>
  );
}

function Grid({ position }: { readonly position: PositionTold }) {
  const { from, to, zone, complete } = position;
  const months = useMemo(() => monthsOf(from, to, zone).map(({ key }) => key), [from, to, zone]);
  const { rows, top } = positionGrid(position, months);
  if (rows.length === 0)
    return (
      <Panel padded={false}>
        <NoneYet command="offtake request submit request.yaml">
          What requests ask for in the time ahead will be here, by accelerator, region and month.
        </NoneYet>
      </Panel>
    );
  return (
    <Panel
      padded={false}
      foot={`Accelerators on average over each month (${zone}). Secured: awarded. What is open counts as its first alternative; of a closed request only what it got counts.`}
    >
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Position by month">
        <table className="w-full border-separate border-spacing-0 text-right text-xs">
          <thead>
            <tr className="text-ink-soft">
              <th
                scope="col"
                className="sticky left-0 z-10 border-b border-line bg-panel px-4 py-2 text-left font-normal"
              >
                Accelerator, region
              </th>
              <th scope="col" className="border-b border-line px-2 py-2 text-left font-normal">
                <span className="sr-only">What</span>
              </th>
              {months.map((key) => (
                <th key={key} scope="col" className="whitespace-nowrap border-b border-line px-2 py-2 font-normal">
                  {monthText(key)}
                </th>
              ))}
            </tr>
          </thead>
          {rows.map((row) => (
            <Kind key={`${row.accelerator} ${row.region}`} row={row} months={months} top={top} />
          ))}
        </table>
      </div>
      {complete ? undefined : (
        <p role="status" className="border-t border-line bg-sunken px-4 py-2 text-xs text-ink-soft">
          There are more requests than were looked through: the newest of them alone are in it.
        </p>
      )}
    </Panel>
  );
}

const LINES = [
  ["demand", "Asked for"],
  ["secured", "Secured"],
  ["gap", "Missing"],
] as const;

interface KindProps {
  readonly row: PositionRow;
  readonly months: readonly string[];
  readonly top: number;
}

function Kind({ row: { accelerator, region, cells, requests, requestCount }, months, top }: KindProps) {
  return (
    <tbody>
      {LINES.map(([line, word], index) => (
        <tr key={line}>
          {index > 0 ? undefined : (
            <th
              rowSpan={LINES.length}
              scope="rowgroup"
              className="sticky left-0 z-10 border-b border-line bg-panel px-4 py-2 text-left align-top font-normal"
            >
              <span className="block whitespace-nowrap">
                <span className="font-medium">{accelerator}</span> <span className="text-ink-soft">{region}</span>
              </span>
              <span className="mt-1 flex max-w-48 flex-wrap gap-x-2">
                {requests.slice(0, SHOWN).map((request) => (
                  <Link
                    key={request}
                    to="/requests/$request"
                    params={{ request }}
                    className="min-h-6 truncate text-accent underline-offset-3 hover:underline"
                  >
                    {request}
                  </Link>
                ))}
                {requestCount > SHOWN ? (
                  <Link to="/requests" className="min-h-6 text-ink-soft underline-offset-3 hover:underline">
                    and {countText(requestCount - SHOWN)} more
                  </Link>
                ) : undefined}
              </span>
            </th>
          )}
          <th
            scope="row"
            className={`whitespace-nowrap px-2 py-1 text-left font-normal text-ink-soft ${line === "gap" ? "border-b border-line" : ""}`}
          >
            {word}
          </th>
          {cells.map((cell, at) => (
            <Amount key={months[at]} cell={cell} line={line} top={top} />
          ))}
        </tr>
      ))}
    </tbody>
  );
}

const SHOWN = 4;

interface AmountProps {
  readonly cell: PositionCell;
  readonly line: keyof PositionCell;
  readonly top: number;
}

function Amount({ cell, line, top }: AmountProps) {
  const value = cell[line];
  const isMissing = line === "gap" && value > 0;
  const look = isMissing ? "font-medium text-attention" : cell.demand === 0 ? "text-ink-faint" : "";
  const share = isMissing && top > 0 ? value / top : 0;
  return (
    <td
      className={`px-2 py-1 ${line === "gap" ? "border-b border-line" : ""} ${look}`}
      {...(share === 0
        ? {}
        : {
            style: {
              background: `color-mix(in oklab, var(--attention-ground) ${Math.round(30 + share * 70)}%, transparent)`,
            },
          })}
    >
      {cell.demand === 0 ? "–" : isMissing ? `◐ ${countText(value)}` : line === "gap" ? "● 0" : countText(value)}
    </td>
  );
}
