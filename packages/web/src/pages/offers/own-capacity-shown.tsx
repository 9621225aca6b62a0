import type { Schemas } from "@offtake/client";
import { countText } from "../../amounts/counts.ts";
import { Loaded } from "../../app/loaded.tsx";
import { useReading } from "../../app/queries.ts";
import { useViewing } from "../../clock/viewing.ts";
import { Window } from "../../clock/window.tsx";
import { dayWithoutWeekday, zoneOfDays } from "../../clock/spans.ts";
import { shownAt } from "../../clock/zoned.ts";
import { CoverageChart } from "../../coverage/coverage-chart.tsx";
import { monthText } from "../../position/grid.ts";
import {
  type Lowest,
  lowestAfter,
  type OwnAnswer,
  ownCoverage,
  ownMonths,
  type OwnStep,
  ownSteps,
} from "./own-capacity.ts";

/** So much before and after the window is shown beside it. */
const MARGIN_MS = 31 * 86_400_000;

type Terms = Schemas["Notice"]["view"]["notice"]["terms"];

/** What of one's own would do for what is asked, over its window and a month around. */
export function useOwnSteps({ acceleratorType, regions, window }: Terms) {
  const at = (text: string, by: number): string =>
    new Date(Date.parse(text) + by).toISOString().replace(/\.\d+Z$/, "Z");
  const capacity = useReading("capacityRead", {
    query: { from: at(window.from, -MARGIN_MS), to: at(window.to, MARGIN_MS) },
  });
  const steps = capacity.data === undefined ? [] : ownSteps(capacity.data.data, { acceleratorType, regions });
  return { capacity, steps };
}

interface OwnCapacityProps {
  readonly own: ReturnType<typeof useOwnSteps>;
  readonly answer: OwnAnswer;
}

/** One's own machines over time, with the answer that is being filled in on top of what is promised already. */
export function OwnCapacityShown({ own: { capacity, steps }, answer }: OwnCapacityProps) {
  const { zones } = useViewing();
  const zone = zoneOfDays(answer.span, zones.contract);
  return (
    <Loaded query={capacity} what="your capacity">
      {() =>
        steps.length === 0 ? (
          <p className="text-ink-soft">
            You have nothing on record that would do for it in <Window span={answer.span} />. You may answer all the
            same.
          </p>
        ) : (
          <>
            <CoverageChart
              coverage={ownCoverage(steps, answer)}
              nameOf={(party) => party}
              height={190}
              demandWord="on record"
              sentence={sentenceOf(lowestAfter(steps, answer), answer, zone)}
              words={{ accepted: "promised", asked: "this answer", open: "free" }}
            />
            <Months steps={steps} answer={answer} zone={zone} />
          </>
        )
      }
    </Loaded>
  );
}

function sentenceOf(lowest: Lowest | undefined, { own }: OwnAnswer, zone: string): string {
  if (lowest === undefined) return "Nothing of it lies in the time that is asked for.";
  const day = dayWithoutWeekday(shownAt(zone, lowest.at).epochDay);
  if (lowest.count < 0)
    return `With ${countText(own)} on your own machines ${countText(-lowest.count)} more are promised than there are, from ${day} on.`;
  return `With ${countText(own)} on your own machines at least ${countText(lowest.count)} stay free, the least on ${day}.`;
}

interface MonthsProps {
  readonly steps: readonly OwnStep[];
  readonly answer: OwnAnswer;
  readonly zone: string;
}

function Months({ steps, answer, zone }: MonthsProps) {
  const rows = ownMonths(steps, answer, zone);
  return (
    <details className="mt-3">
      <summary className="cursor-pointer text-ink-soft">By month</summary>
      <table className="mt-2 w-full text-xs">
        <thead className="text-ink-soft">
          <tr className="border-b border-line">
            <th className="py-1 text-left font-normal">Month</th>
            <th className="py-1 text-right font-normal">Free before</th>
            <th className="py-1 text-right font-normal">This answer</th>
            <th className="py-1 text-right font-normal">Free after</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, free, left }) => (
            <tr key={key} className="border-b border-line last:border-0">
              <th className="py-1 text-left font-normal">{monthText(key)}</th>
              <td className="py-1 text-right">{countText(free)}</td>
              <td className="py-1 text-right">{countText(answer.own)}</td>
              <td className={`py-1 text-right ${left < 0 ? "font-medium text-breach" : ""}`}>
                {left < 0 ? <span aria-hidden="true">✕ </span> : undefined}
                {countText(left)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
