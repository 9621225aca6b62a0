import type { CommitmentClause } from "@offtake/core/agreements";
import { withDrawn } from "@offtake/core/commitments";
import type { PartyId } from "@offtake/core/kernel";
import { type Money, money } from "@offtake/core/kernel";
import type { Scope } from "@offtake/core/scope";
import { z } from "zod";
import {
  freeText,
  hoursText,
  idText,
  type Quantity,
  quantityText,
  rateText,
  shareText,
  truth,
  whenText,
  wholeNumber,
} from "../scalars/index.ts";
import { readScope, scopeDocument } from "../scope/index.ts";
import { oneOrMany, type ReadingContext, strict } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import { baselineDocument, readBaseline } from "./baseline.ts";
import { Defaults } from "./defaults.ts";
import { clauseKeys } from "./evidence.ts";
import { type ClauseFrame, clauseBase, readParties } from "./frame.ts";

/** What a missing unit costs by default, per way in which a shortfall is settled, in hundredths of a per cent. */
const SHORTFALL_BP = { charge: 10_000, "prepayment-credit": 10_000, "roll-forward": 0, none: 0 } as const;

export const commitmentDocument = strict({
  ...clauseKeys,
  kind: z.literal("commitment"),
  type: z.enum(["spend", "volume", "take-or-pay", "prepaid", "minimum-share"]).optional().describe("Default: spend."),
  obligor: idText.optional().describe("Who promised. Default: the buyer."),
  beneficiary: idText.optional().describe("To whom. Default: the provider."),
  scope: scopeDocument.optional().describe("What counts. Default: everything bought from the beneficiary."),
  eligible: strict({
    services: oneOrMany(freeText).optional().describe("Services that count; compute is what is bought here."),
    includePassThrough: truth.optional().describe("What others run counts too. Default: true."),
  })
    .optional()
    .describe("What counts, as contracts put it. Not beside `scope`."),
  status: z
    .enum(["proposed", "pending", "active", "exhausted", "expired", "canceled", "superseded"])
    .optional()
    .describe("Default: active. Only an active commitment weighs in an award."),
  amount: quantityText.optional().describe("The whole promise, over the term of the agreement or its milestones."),
  milestones: z
    .array(
      strict({
        by: whenText.describe("Last day, or first instant after it."),
        cumulative: quantityText.describe("What must be reached by then, from the beginning."),
      }),
    )
    .min(1)
    .max(200)
    .optional()
    .describe("What must be reached by when."),
  schedule: z
    .array(
      strict({
        from: whenText,
        to: whenText,
        amount: quantityText.describe("What this period must reach."),
        drawn: quantityText.optional().describe("Reached so far. Default: 0."),
        expectedOther: quantityText.optional().describe("Expected besides the request at hand. Default: 0."),
      }),
    )
    .min(1)
    .max(200)
    .optional()
    .describe("Periods with what each must reach. Not beside `amount` and `milestones`."),
  drawn: quantityText
    .optional()
    .describe("With `amount` or `milestones`: reached so far; it fills the earliest milestone first. Default: 0."),
  drawnAsOf: whenText
    .optional()
    .describe(
      "Up to the end of this day, or to this instant, what is drawn is known: of a baseline only what comes later counts.",
    ),
  baseline: baselineDocument.optional(),
  expectedOther: quantityText.optional().describe("With `amount` alone: expected besides the request at hand."),
  shortfall: z
    .enum(["charge", "prepayment-credit", "roll-forward", "none"])
    .optional()
    .describe("How a shortfall is settled. Default: charge."),
  shortfallCost: shareText
    .optional()
    .describe(
      "What a missing unit costs, of its value. Default: 100% for charge and prepayment-credit, 0% for the others.",
    ),
  price: rateText.optional().describe("Price that the commitment fixes."),
  stackPriority: wholeNumber
    .optional()
    .describe("Which of several commitments a use draws first: lower first. Default: 100."),
  share: shareText.optional().describe("minimum-share only: of the accelerator-time of each period."),
  projected: strict({
    total: hoursText.describe("All accelerator-time of the period,"),
    beneficiary: hoursText.describe("and that of the beneficiary,"),
  })
    .optional()
    .describe("minimum-share only: without the request at hand."),
}).meta({ id: "Commitment", description: "A promise to spend or use; an award sees what a shortfall would cost." });

type CommitmentDocument = z.output<typeof commitmentDocument>;
type Period = CommitmentClause["schedule"][number];

export function readCommitment(
  document: CommitmentDocument,
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
): CommitmentClause {
  const defaults = new Defaults();
  const type = defaults.take("type", document.type, "spend");
  const shortfall = defaults.take("shortfall", document.shortfall, "charge");
  readParties(document, ["obligor", "beneficiary"], path, context);
  checkShare(document, type, path, context);
  const asOf = document.drawnAsOf === undefined ? undefined : context.until(document.drawnAsOf);
  const schedule = readSchedule(document, path, context, frame);
  return {
    ...clauseBase(document, frame),
    kind: "commitment",
    type,
    obligor: defaults.take("obligor", document.obligor, frame.buyer) as PartyId,
    beneficiary: defaults.take("beneficiary", document.beneficiary, frame.provider) as PartyId,
    scope: readEligible(document, path, context, defaults),
    status: defaults.take("status", document.status, "active"),
    schedule:
      document.baseline === undefined ? schedule : readBaseline(document.baseline, schedule, asOf, path, context),
    ...(asOf === undefined ? {} : { drawnAsOf: asOf }),
    shortfallBp: defaults.take("shortfallCost", document.shortfallCost, SHORTFALL_BP[shortfall]),
    ...(document.price === undefined ? {} : { price: document.price }),
    stackPriority: defaults.take("stackPriority", document.stackPriority, 100),
    ...(document.share === undefined ? {} : { shareBp: document.share }),
    ...(document.projected === undefined ? {} : { projected: document.projected }),
    defaults: defaults.names,
  };
}

function checkShare(document: CommitmentDocument, type: string, path: Path, context: ReadingContext): void {
  for (const key of ["share", "projected"] as const) {
    if (document[key] !== undefined && type !== "minimum-share")
      context.report.addAtKey(path, key, "unknown_key", `\`${key}\` is for \`type: minimum-share\` only`);
  }
  if (type === "minimum-share" && document.share === undefined) {
    context.report.add([...path, "share"], "missing_key", "this is missing", { expected: "a percentage" });
  }
}

/** Everything bought here is compute: naming that service limits nothing, naming only others leaves nothing that counts. */
function readEligible(document: CommitmentDocument, path: Path, context: ReadingContext, defaults: Defaults): Scope {
  const { eligible, scope } = document;
  if (eligible === undefined)
    return readScope(defaults.take("scope", scope, "everything" as const), [...path, "scope"], context);
  if (scope !== undefined)
    context.report.add([...path, "eligible"], "conflicting_keys", "`scope` says the same", {
      expected: "one of the two",
    });
  const { services, includePassThrough = true } = eligible;
  const isCompute = services === undefined || services.some((service) => service.toLowerCase() === "compute");
  const exclusions = includePassThrough
    ? []
    : [{ Dimension: "HostProviderName", Operator: "Exists" as const, Values: ["*"] }];
  return {
    ...(isCompute
      ? { IsGlobalScope: true }
      : { Inclusions: [{ Dimension: "ServiceName", Operator: "In" as const, Values: services }] }),
    ...(exclusions.length === 0 ? {} : { Exclusions: exclusions }),
  };
}

function readSchedule(
  document: CommitmentDocument,
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
): readonly Period[] {
  const { schedule, amount, milestones } = document;
  if (schedule !== undefined) {
    for (const key of ["amount", "milestones", "drawn", "expectedOther"] as const) {
      if (document[key] !== undefined)
        context.report.addAtKey(path, key, "conflicting_keys", "`schedule` says the same", {
          expected: "one of the two",
        });
    }
    return schedule.map((period, index) => {
      const at = [...path, "schedule", index];
      const window = context.span(context.from(period.from), context.until(period.to), at);
      return { ...window, ...amounts(period.amount, period.drawn, period.expectedOther, at, context) };
    });
  }
  const { drawn, expectedOther } = document;
  if (milestones !== undefined) {
    if (expectedOther !== undefined)
      context.report.addAtKey(
        path,
        "expectedOther",
        "conflicting_keys",
        "nobody knows between which milestones it falls",
        {
          expected: "a `baseline` by month, or a `schedule`",
        },
      );
    const periods = byMilestones(milestones, amount, path, context, frame);
    return drawn === undefined ? periods : drawnOver(periods, drawn, path, context);
  }
  if (amount === undefined) {
    if (document.type !== "minimum-share")
      context.report.add([...path, "amount"], "missing_key", "this is missing", {
        expected: "amount, milestones or schedule",
      });
    return [];
  }
  if (frame.to === undefined) {
    context.report.add([...path, "amount"], "missing_key", "the agreement has no end, so the amount has no period", {
      expected: "a schedule, or an end of the agreement",
    });
    return [];
  }
  return [{ from: frame.from, to: frame.to, ...amounts(amount, drawn, expectedOther, path, context) }];
}

function drawnOver(periods: Period[], drawn: Quantity, path: Path, context: ReadingContext): readonly Period[] {
  const [first] = periods;
  const isMoney = drawn.kind === "money" && drawn.money.currency === first?.amount?.currency;
  const isUse = drawn.kind === "use" && first?.acceleratorSeconds !== undefined;
  if (isMoney || isUse) return withDrawn(periods, drawn.kind === "money" ? drawn.money : drawn.acceleratorSeconds);
  if (first !== undefined)
    context.report.add([...path, "drawn"], "wrong_unit", "the amount has another unit", {
      expected: "the unit of the milestones",
    });
  return periods;
}

type Amounts = Omit<Period, "from" | "to">;

function amounts(
  amount: Quantity,
  drawn: Quantity | undefined,
  other: Quantity | undefined,
  path: Path,
  context: ReadingContext,
): Amounts {
  for (const [key, part] of [
    ["drawn", drawn],
    ["expectedOther", other],
  ] as const) {
    if (part !== undefined && !isSameKind(part, amount))
      context.report.add([...path, key], "wrong_unit", "the amount has another unit", {
        expected: "the unit of the amount",
      });
  }
  if (amount.kind === "money") {
    return {
      amount: amount.money,
      ...(drawn?.kind === "money" ? { drawn: drawn.money } : {}),
      ...(other?.kind === "money" ? { expectedOther: other.money } : {}),
    };
  }
  return {
    acceleratorSeconds: amount.acceleratorSeconds,
    ...(drawn?.kind === "use" ? { drawnSeconds: drawn.acceleratorSeconds } : {}),
    ...(other?.kind === "use" ? { expectedOtherSeconds: other.acceleratorSeconds } : {}),
  };
}

function isSameKind(a: Quantity, b: Quantity): boolean {
  if (a.kind === "money" && b.kind === "money") return a.money.currency === b.money.currency;
  return a.kind === b.kind;
}

/** Cumulative targets become periods: each runs from the one before, and must reach the difference. */
function byMilestones(
  milestones: NonNullable<CommitmentDocument["milestones"]>,
  amount: Quantity | undefined,
  path: Path,
  context: ReadingContext,
  frame: ClauseFrame,
): Period[] {
  const periods: Period[] = [];
  let from = frame.from;
  let reached: Quantity | undefined;
  for (const [index, { by, cumulative }] of milestones.entries()) {
    const at = [...path, "milestones", index];
    const { to } = context.span(from, context.until(by), [...at, "by"]);
    const part = difference(cumulative, reached);
    if (part === undefined)
      context.report.add(
        [...at, "cumulative"],
        "out_of_range",
        "this is below the milestone before it, or in another unit",
        { expected: "at least as much as before" },
      );
    else periods.push({ from, to, ...amounts(part, undefined, undefined, at, context) });
    from = to;
    reached = cumulative;
  }
  if (amount !== undefined && reached !== undefined && difference(amount, reached) === undefined) {
    context.report.add([...path, "amount"], "out_of_range", "the last milestone is above the amount", {
      expected: "at least as much as the last milestone",
    });
  }
  return periods;
}

function difference(quantity: Quantity, before: Quantity | undefined): Quantity | undefined {
  if (before === undefined) return quantity;
  if (!isSameKind(quantity, before)) return undefined;
  if (quantity.kind === "use" && before.kind === "use") {
    const rest = quantity.acceleratorSeconds - before.acceleratorSeconds;
    return rest < 0n ? undefined : { kind: "use", acceleratorSeconds: rest as typeof quantity.acceleratorSeconds };
  }
  if (quantity.kind === "money" && before.kind === "money") {
    const rest: Money = money(quantity.money.micros - before.money.micros, quantity.money.currency);
    return rest.micros < 0n ? undefined : { kind: "money", money: rest };
  }
  return undefined;
}
