import { Link, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { countText } from "../../amounts/counts.ts";
import { horizonOf, spanAhead } from "../../clock/horizon.ts";
import { zoneOfDays } from "../../clock/spans.ts";
import { useViewing } from "../../clock/viewing.ts";
import { NoneYet, TooLarge } from "../../lists/list-states.tsx";
import { monthsOf, monthText } from "../../position/grid.ts";
import { type PositionCell, positionOf, type PositionRow } from "../../position/position.ts";
import { Panel } from "../../surface/panel.tsx";
import { HorizonChoice } from "../horizon-choice.tsx";
import { PageTitle } from "../page-title.tsx";

const LIMIT = 1_000;

/** What is asked for, what of it is secured and what is missing, by accelerator and region, month by month. */
export function PositionPage() {
  const { ahead } = useSearch({ strict: false });
  const { now, zones } = useViewing();
  const requests = useReading("requestList", { query: { limit: LIMIT, order: "created", descending: "true" } });
  const notices = useReading("noticeList", { query: { limit: LIMIT } });
  const awards = useReading("awardList", { query: { limit: LIMIT } });
  const { from, to } = spanAhead(horizonOf(ahead), now());
  // Months are those in whose days requests are said: the contract's, or UTC where all of them begin at midnight only there.
  const lines = (requests.data?.data ?? []).flatMap(({ view }) => view.request.lines);
  const isUtc = lines.length > 0 && lines.every(({ window }) => zoneOfDays(window, zones.contract) === "UTC");
  const zone = isUtc ? "UTC" : zones.contract;
  const months = useMemo(() => monthsOf(from, to, zone), [from, to, zone]);
  return (
    <>
      <PageTitle
        title="Position"
        under="What is asked for, what of it is secured, and what is missing."
        actions={<HorizonChoice />}
      />
      <Loaded query={requests} what="requests">
        {(told) => (
          <Loaded query={notices} what="notices">
            {(asked) => (
              <Loaded query={awards} what="awards">
                {(awarded) => (
                  <Grid
                    position={positionOf(told.data, asked.data, awarded.data, months)}
                    months={months.map(({ key }) => key)}
                    isCut={[told, asked, awarded].some(({ nextCursor }) => nextCursor !== null)}
                  />
                )}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

interface GridProps {
  readonly position: ReturnType<typeof positionOf>;
  readonly months: readonly string[];
  readonly isCut: boolean;
}

function Grid({ position: { rows, top }, months, isCut }: GridProps) {
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
      foot="Each month as it stands when most is missing. Secured: awarded, or accepted and not awarded yet. Of a closed request only what it got counts."
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
      {isCut ? <TooLarge shown={LIMIT} command="offtake request list --all" /> : undefined}
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

function Kind({ row: { accelerator, region, cells, requests }, months, top }: KindProps) {
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
                {requests.length > SHOWN ? (
                  <span className="text-ink-soft">and {countText(requests.length - SHOWN)} more</span>
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
