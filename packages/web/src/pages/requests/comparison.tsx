import { codesText } from "@offtake/core/explanation";
import { countText } from "../../amounts/counts.ts";
import { moneyText } from "../../amounts/money.ts";
import { useNames } from "../../app/names.ts";
import { KeyFigures } from "../../surface/key-figures.tsx";
import { Panel } from "../../surface/panel.tsx";
import type { RequestTold } from "./request-page.tsx";

type EvaluationTold = RequestTold["view"]["evaluations"][number];

/** How bids were compared: what was chosen at which cost, what held it back, and what the next best choice would have been. */
export function Comparison({ evaluation }: { readonly evaluation: EvaluationTold }) {
  const nameOf = useNames();
  const { chosen, value, bound, runnerUp, unfilled, binding } = evaluation;
  const isProved = bound === undefined || bound.amount === value.amount;
  return (
    <Panel
      title="How bids were compared"
      foot={
        isProved
          ? "Proved to be the best choice among the bids."
          : `The search met its limit; no choice can come to less than ${moneyText(bound)}.`
      }
    >
      <KeyFigures
        figures={[
          { label: "Incremental effective cost", value: moneyText(value) },
          ...(runnerUp === undefined
            ? []
            : [
                {
                  label: "Next best",
                  value: moneyText(runnerUp.value),
                  note: `${nameOf(runnerUp.provider)} with ${countText(runnerUp.count)}`,
                },
              ]),
          ...(unfilled.length === 0
            ? []
            : [{ label: "Not filled", value: countText(unfilled.reduce((sum, { count }) => sum + count, 0)) }]),
        ]}
      />
      <ul className="mt-3 space-y-1">
        {chosen.map(({ bid, lot, provider, count, cost }) => (
          <li key={`${bid} ${lot}`} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span>
              <span className="font-medium">{nameOf(provider)}</span> {countText(count)}
            </span>
            <span className="text-right">{moneyText(cost)}</span>
          </li>
        ))}
      </ul>
      {binding.length === 0 ? undefined : <p className="mt-3 text-ink-soft">Held back by: {codesText(binding)}</p>}
    </Panel>
  );
}
