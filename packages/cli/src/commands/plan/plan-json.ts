import type { Instant } from "@offtake/core/kernel";
import type { PlannedSource } from "@offtake/core/planning";
import { documented } from "../../telling/documented.ts";
import type { ToldPlan } from "./plan-text.ts";
import { recommendation } from "./sentence.ts";

/** Plans for machines: amounts, prices and instants written as documents write them. */
export function planDocument(plans: readonly ToldPlan[], at: Instant, changes: boolean): unknown {
  return documented({ schema: "offtake/plan@1", changes, at, requests: plans.map(requestDocument) });
}

function requestDocument({ plan, assumed }: ToldPlan): unknown {
  const { request, recommended, buyerName, asks, sources, times, ...rest } = plan;
  return {
    request: request.id,
    buyer: buyerName,
    recommendation: recommendation(plan),
    ...(assumed === undefined ? {} : { assumed }),
    lines: request.lines,
    ...(recommended === request ? {} : { recommendedLines: recommended.lines }),
    ...rest,
    sources: sources.map(sourceDocument),
    asked: asks,
    times: { ...times, ...(times.slackMs === undefined ? {} : { slackDays: Math.floor(times.slackMs / 86_400_000) }) },
  };
}

function sourceDocument({ quote, effective, ...source }: PlannedSource): unknown {
  const { list, own, standing, ...place } = quote;
  return {
    ...place,
    ...source,
    bidsByItself: standing !== undefined,
    ...(effective === undefined
      ? {}
      : {
          avoided: effective.avoided,
          switching: effective.switching,
          effectiveCost: effective.effective,
          commitments: effective.commitments.filter(({ periods }) =>
            periods.some(({ draws, drawsSeconds }) => (draws?.micros ?? 0n) > 0n || (drawsSeconds ?? 0n) > 0n),
          ),
        }),
  };
}
