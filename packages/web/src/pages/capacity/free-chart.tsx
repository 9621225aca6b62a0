import { countText } from "../../amounts/counts.ts";
import { CoverageChart } from "../../coverage/coverage-chart.tsx";
import type { Coverage, Segment } from "../../coverage/segments.ts";
import type { BlockTold } from "./blocks.ts";

/** What of a block is held and what is free, under the line of what there is. */
export function FreeChart({ block }: { readonly block: BlockTold }) {
  return (
    <CoverageChart
      coverage={coverageOfBlock(block)}
      nameOf={() => "held"}
      height={140}
      demandWord="on record"
      sentence={sentenceOf(block)}
      words={{ accepted: "held", open: "free" }}
    />
  );
}

/** Held is what is not free; free below 0 is more held than there is. */
function coverageOfBlock({ quantity, calendar }: BlockTold): Coverage {
  return {
    demand: calendar.map(({ from, to }) => ({ count: quantity, span: { from, to } })),
    segments: calendar.flatMap(({ from, to, free }): Segment[] => {
      const span = { from, to };
      const held = quantity - free;
      return [
        ...(held > 0 ? [{ layer: "accepted" as const, count: held, span }] : []),
        ...(free > 0 ? [{ layer: "open" as const, count: free, span }] : []),
      ];
    }),
  };
}

function sentenceOf({ quantity, lowestFree, calendar }: BlockTold): string {
  if (calendar.length === 0) return "Nothing of it lies in the time ahead.";
  if (lowestFree === quantity) return "All of it is free throughout.";
  if (lowestFree < 0) return `At times ${countText(-lowestFree)} more are held than there are.`;
  return lowestFree === 0
    ? "At times nothing of it is free."
    : `At least ${countText(lowestFree)} of ${countText(quantity)} are free at any time.`;
}
