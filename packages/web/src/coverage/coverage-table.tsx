import { countText } from "../amounts/counts.ts";
import { Instant } from "../clock/instant.tsx";
import { labelOf } from "./labels.ts";
import type { Part, Step } from "./profile.ts";
import type { LayerWords } from "./segments.ts";

interface CoverageTableProps {
  readonly steps: readonly Step[];
  readonly nameOf: (party: string) => string;
  readonly demandWord: string;
  readonly words: LayerWords;
  /** False where what is not covered is no lack. */
  readonly hasMissing: boolean;
}

const keyOf = ({ layer, party, host }: Part): string => `${layer} ${party ?? ""} ${host ?? ""}`;

/** The numbers of the chart: a row for each stretch, a column for each part. */
export function CoverageTable({ steps, nameOf, demandWord, words, hasMissing }: CoverageTableProps) {
  const columns = new Map(steps.flatMap(({ parts }) => parts.map((part) => [keyOf(part), part] as const)));
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Coverage as a table">
      <table className="w-full text-left text-xs">
        <thead className="text-ink-soft">
          <tr className="border-b border-line">
            <th className="py-1.5 pr-4 font-normal">From</th>
            <th className="py-1.5 pr-4 font-normal">Until before</th>
            <th className="py-1.5 pr-4 text-right font-normal">{demandWord}</th>
            {[...columns].map(([key, part]) => (
              <th key={key} className="py-1.5 pr-4 text-right font-normal">
                {labelOf(part, nameOf, words)}
                {part.party === undefined ? undefined : <span className="block">{words[part.layer]}</span>}
              </th>
            ))}
            {hasMissing ? <th className="py-1.5 text-right font-normal">not covered</th> : undefined}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.from} className="border-b border-line last:border-0">
              <td className="py-1.5 pr-4">
                <Instant at={new Date(step.from).toISOString()} />
              </td>
              <td className="py-1.5 pr-4">
                <Instant at={new Date(step.to).toISOString()} />
              </td>
              <td className="py-1.5 pr-4 text-right">{countText(step.demand)}</td>
              {[...columns.keys()].map((key) => (
                <td key={key} className="py-1.5 pr-4 text-right">
                  {countText(step.parts.find((part) => keyOf(part) === key)?.count ?? 0)}
                </td>
              ))}
              {hasMissing ? <td className="py-1.5 text-right font-medium">{countText(step.missing)}</td> : undefined}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
