import { DAY_MS, formatInstant, type Instant, type TimeWindow } from "@offtake/core/kernel";
import type {
  BreakEven,
  CommitmentEffect,
  Plan,
  PlannedAlternative,
  PlannedAsk,
  PlannedSource,
} from "@offtake/core/planning";
import type { RequestLine } from "@offtake/core/requests";
import { documented } from "../documented/index.ts";
import type { PlanDocument } from "../plans/index.ts";
import { breakEvenText } from "./break-evens.ts";
import { recommendation, whatElse, whyText } from "./sentence.ts";

/** A plan, and what of its request was made up because nobody said it. */
export interface ToldPlan {
  readonly plan: Plan;
  readonly assumed?: string;
}

/** Whether something would follow at all: somebody to ask, a market to open, a part to award. */
export const changesAnything = ({ asks, times, awards }: Plan): boolean =>
  asks.length + times.tenders.length + awards.length > 0;

/** Plans for machines: amounts, prices and instants written as documents write them. */
export function planDocument(plans: readonly ToldPlan[], at: Instant, changes: boolean): PlanDocument {
  // What is written is checked against the published schema by the specs.
  return documented({ schema: "offtake/plan@1", changes, at, requests: plans.map(requestDocument) }) as PlanDocument;
}

function requestDocument({ plan, assumed }: ToldPlan): unknown {
  const { request, recommended, buyerName, zone, verdict, why, nearest, wanted, awarded, awards } = plan;
  const { cost, avoided, effective, price, effectivePrice, times, notAsked, restsOn } = plan;
  return {
    request: request.id,
    buyer: buyerName,
    zone,
    assumed,
    recommendation: recommendation(plan),
    verdict,
    why,
    whyText: why === undefined ? undefined : whyText(why),
    nearest,
    lines: request.lines.map(lineDocument),
    recommendedLines: recommended === request ? undefined : recommended.lines.map(lineDocument),
    wanted,
    awarded,
    awards: awards.map((award) => ({ ...award, window: windowDocument(award.window) })),
    cost,
    avoided,
    effectiveCost: effective,
    price,
    effectivePrice,
    sources: plan.sources.map(sourceDocument),
    commitments: plan.commitments.map(commitmentDocument),
    asked: plan.asks.map(askDocument),
    notAsked,
    times: timesDocument(times),
    restsOn,
    alternatives: plan.alternatives.map((one) => alternativeDocument(plan, one)),
    breakEvens: plan.breakEvens.map((one) => breakEvenDocument(plan, one)),
  };
}

const windowDocument = ({ from, to }: TimeWindow) => ({ from: formatInstant(from), to: formatInstant(to) });

function lineDocument({ count, accelerators, regions, window, purposes, blockSize, cap, under }: RequestLine): unknown {
  return {
    count,
    accelerators: accelerators.map(({ acceleratorType }) => acceleratorType),
    regions,
    window: windowDocument(window),
    purposes: purposes.map(({ purpose }) => purpose),
    block: blockSize,
    cap,
    call: under === undefined ? undefined : `${under.agreement}/${under.clause}`,
  };
}

function sourceDocument(source: PlannedSource): unknown {
  const { quote, effective, count, cost, obstacles, listPrice, ownPrice, effectivePrice, providerName, hostName } =
    source;
  return {
    id: quote.id,
    kind: quote.kind,
    line: quote.lineIndex,
    provider: quote.provider,
    providerName,
    host: quote.host,
    hostName,
    agreement: quote.agreement,
    clause: quote.clause,
    accelerator: quote.acceleratorType,
    region: quote.region,
    count,
    listPrice,
    ownPrice,
    effectivePrice,
    cost,
    avoided: effective?.avoided,
    switching: effective?.switching,
    effectiveCost: effective?.effective,
    obstacles,
    bidsByItself: quote.standing !== undefined,
    source: quote.source,
    dearer: quote.dearer,
    rows: quote.rows?.map(rowDocument),
    problems: quote.problems?.map(({ code, detail }) => ({ code, detail })),
  };
}

function rowDocument({ from, to, rate, cost, reason }: NonNullable<PlannedSource["quote"]["rows"]>[number]): unknown {
  const { agreement, clause, entry, form, basis } = reason;
  const of = {
    fixed: undefined,
    list:
      basis.form === "list"
        ? `${basis.list.source}${basis.list.asOf === undefined ? "" : ` of ${basis.list.asOf}`}`
        : undefined,
    index:
      basis.form === "index"
        ? `${basis.observed.index} of ${basis.observed.date}, ${basis.observed.source}`
        : undefined,
  };
  const assumed = basis.form === "index" && basis.assumed ? true : undefined;
  return {
    ...windowDocument({ from, to }),
    rate,
    cost,
    agreement,
    clause,
    entry,
    form,
    basis: of[basis.form],
    assumed,
  };
}

function commitmentDocument({
  agreement,
  clause,
  type,
  beneficiary,
  counted,
  avoided,
  periods,
}: CommitmentEffect): unknown {
  return {
    agreement,
    clause,
    type,
    beneficiary,
    counted,
    avoided,
    periods: periods.map((period) => ({
      ...windowDocument(period),
      committed: period.committed,
      committedHours: hours(period.committedSeconds),
      expected: period.expected,
      expectedHours: hours(period.expectedSeconds),
      draws: period.draws,
      drawsHours: hours(period.drawsSeconds),
      shortfallBefore: period.shortfallBefore,
      shortfallAfter: period.shortfallAfter,
    })),
  };
}

/** Accelerator-seconds as accelerator-hours, whole ones without a point, others to three places. */
function hours(seconds: bigint | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  const thousandths = (seconds * 1000n) / 3600n;
  const rest = String(thousandths % 1000n)
    .padStart(3, "0")
    .replace(/0+$/, "");
  return `${thousandths / 1000n}${rest === "" ? "" : `.${rest}`}`;
}

function askDocument({ notice: _, window, ...ask }: PlannedAsk): unknown {
  return { ...ask, window: window === undefined ? undefined : windowText(window) };
}

function timesDocument({ leadMs, slackMs, ...times }: Plan["times"]): unknown {
  return {
    ...times,
    leadDays: leadMs / DAY_MS,
    slackDays: slackMs === undefined ? undefined : Math.floor(slackMs / DAY_MS),
  };
}

function alternativeDocument(plan: Plan, one: PlannedAlternative): unknown {
  const { effective, right, ...rest } = one;
  return {
    ...rest,
    text: whatElse(plan, one),
    right: right === undefined ? undefined : `${right.agreement}/${right.clause}`,
    effectiveCost: effective,
  };
}

function breakEvenDocument(plan: Plan, one: BreakEven): unknown {
  const { lineIndex, what, chosen, other, direction, price, quantity, baseline } = one;
  const values = price ?? quantity ?? baseline;
  return {
    line: lineIndex,
    what,
    chosen,
    other,
    direction,
    now: values?.now,
    flipsAt: values?.flipsAt,
    agreement: baseline?.agreement,
    clause: baseline?.clause,
    period: baseline === undefined ? undefined : windowDocument(baseline),
    text: breakEvenText(plan, one),
  };
}

/** "5 business days". */
export function windowText({ n, unit }: { readonly n: number; readonly unit: string }): string {
  const words = unit.replace("-", " ");
  return `${n} ${n === 1 ? words.replace(/s$/, "") : words}`;
}
