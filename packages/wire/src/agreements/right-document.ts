import { z } from "zod";
import { scopeDocument } from "../scope/index.ts";
import {
  complain,
  countNumber,
  freeText,
  idText,
  percentText,
  rateText,
  shareText,
  toleranceText,
  truth,
  whenText,
  wholeNumber,
  written,
} from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";
import { RIGHT_KINDS } from "../words/index.ts";
import { clauseKeys } from "./evidence.ts";
import { windowDocument } from "./window.ts";

/** `none`, `any`, `any multiple of 8`, `multiple of 8`; with the block as its value, 0 for none. */
const partialText = written<number>({
  id: "PartialText",
  description: "How much of a notice may be accepted.",
  expected: "none, any, or any multiple of 8",
  examples: ["none", "any", "any multiple of 8"],
  pattern: "^(none|any|(any )?multiples? of \\d+)$",
  read: (value) => {
    const text = String(value);
    if (text === "none") return { value: 0 };
    if (text === "any") return { value: 1 };
    const match = /^(?:any )?multiples? of (\d{1,8})$/.exec(text);
    const of = Number(match?.[1] ?? 0);
    return of > 0 ? { value: of } : complain("unknown_value", `\`${text.slice(0, 40)}\` is not possible here`);
  },
});

const partial = z.union([
  partialText,
  strict({
    allowed: truth.describe("false: all or nothing."),
    block: countNumber.optional().describe("Parts are multiples of this. Default: 1."),
    minimum: countNumber.optional().describe("The smallest part."),
    byMonth: truth
      .optional()
      .describe(
        "true: another number may be taken in each month; the holder is asked about each month by itself. Default: false, one number for all of the window.",
      ),
  }),
]);

const noneOrWindow = z.union([z.literal("none"), windowDocument]);

const days = z.int().min(0).max(36_525).meta({ id: "Days", description: "A whole number of days." });
const number = z.int().min(1).max(1000);

const carveOut = strict({
  id: idText.describe("The name by which reasons refer to it."),
  scope: scopeDocument.describe("What the right does not reach. A fact that nobody declared is not carved out."),
  ownBuild: oneOrMany(idText).optional().describe("Only capacity that these parties build themselves."),
  share: strict({
    tolerance: toleranceText.describe("How much may deviate from what was declared."),
    period: z.literal("month").optional().describe("How it is measured."),
  })
    .optional()
    .describe("The carved-out purpose is a share of the use, measured afterwards."),
}).meta({ id: "CarveOut", description: "A part of the scope that the right does not reach." });

const tail = z.union([
  windowDocument,
  strict({
    days: days.describe("Whole days after the day on which the stage closed."),
    priceTolerance: toleranceText
      .optional()
      .describe("How far the price may move in the supplier's favour. Default: 0."),
    countTolerance: toleranceText.optional().describe("How far the count may exceed what was noticed. Default: 0."),
  }),
]);

const closing = strict({
  length: windowDocument.describe("Length of the tail, in days."),
  resetIf: z
    .array(z.enum(["price-above-notice", "term-longer", "quantity-larger", "any-change"]))
    .min(1)
    .optional()
    .describe("The three first together: any change in the supplier's favour; any-change alone: any material change."),
});

/** Parameters of a right, for first refusal, match and the others alike; what does not concern a kind is refused there. */
export const rightDocument = strict({
  ...clauseKeys,
  kind: z.enum(RIGHT_KINDS).describe("The kind of right."),
  mode: z
    .enum(["offer-first", "match"])
    .optional()
    .describe(
      "first-refusal only. offer-first: asked before the market. match: shown the terms of a third party and may take its place.",
    ),
  trigger: z
    .enum(["request", "third-party-offer"])
    .optional()
    .describe(
      "What makes the right due; the same as `mode` in other words. Default: request; for a match: third-party-offer.",
    ),
  burdens: z
    .enum(["demand", "capacity"])
    .optional()
    .describe(
      "Whose freedom it limits: the buyer's to buy elsewhere, or the provider's to sell to others. Default: capacity for option and soft-hold, and where the buyer holds the right; otherwise demand.",
    ),
  holder: idText.optional().describe("Default: the provider; for option and soft-hold the buyer."),
  grantor: idText.optional().describe("Default: the other party of the agreement."),
  rank: wholeNumber.optional().describe("Lower is asked earlier. Default: 10."),
  sameRank: z
    .enum(["weights", "first-come", "undecided"])
    .optional()
    .describe("How holders of one rank share. Default: undecided, which holds the request until somebody decides."),
  weight: wholeNumber.optional().describe("Weight among holders of one rank. Default: 1."),
  parallel: truth.optional().describe("Asked at the same time as better ranks, contingently. Default: false."),
  scope: scopeDocument.optional().describe("What the right is about. Default: everything."),
  carveOuts: z.array(carveOut).max(50).optional().describe("Default: none."),
  newCapacityOnly: truth.optional().describe("Only capacity that is not contracted yet. Default: false."),
  attachBy: z
    .enum(["request", "award", "service-window"])
    .optional()
    .describe("The instant at which the right must be in force. Default: request."),
  delivery: z
    .union([
      z.enum(["sent", "delivered", "acknowledged"]),
      strict({ rule: z.enum(["sent", "delivered", "acknowledged"]), fallbackAfter: windowDocument.optional() }),
    ])
    .optional()
    .describe(
      "When a notice counts as delivered, and after how long the next channel is tried. Default: delivered, 1 business day.",
    ),
  objectionWindow: windowDocument
    .optional()
    .describe("For objecting to a notice that leaves out terms. Default: 2 business days."),
  noticeRequires: z
    .array(freeText)
    .max(50)
    .optional()
    .describe(
      "What a notice must state: latestStart, purpose, or a stated term by name; without it the notice is defective. Default: nothing more than every notice states.",
    ),
  window: windowDocument.optional().describe("For the answer. Default: 5 business days; 2 for a match."),
  partial: partial
    .optional()
    .describe(
      "How much of a notice may be accepted: none (all or nothing), any, any multiple of N. Default: any; for a consent or a first-ship: none.",
    ),
  matchBasis: z
    .union([
      z.literal("pareto"),
      strict({
        levelised: strict({
          monthlyRate: percentText.describe("Discount for a month."),
          delayCost: rateText.describe("Cost of a later start."),
        }),
      }),
    ])
    .optional()
    .describe(
      "What a match must equal: every material term (pareto), or the levelised price and every other term. Default: pareto.",
    ),
  silence: z
    .enum(["refusal", "acceptance", "blocks", "consents"])
    .optional()
    .describe("What no answer means. Default: refusal; for a consent: blocks."),
  refusalFinal: truth.optional().describe("A refusal cannot be replaced. Default: true."),
  contingencies: z
    .union([z.literal("none"), z.literal("allowed"), strict({ waiveBy: windowDocument })])
    .optional()
    .describe("Whether an acceptance may carry a condition, and until when it must be waived. Default: none."),
  definitiveWindow: noneOrWindow.optional().describe("For signing after an acceptance. Default: none."),
  tail: tail
    .optional()
    .describe("How long, and how exactly, a refusal or lapse clears others. Default: 60 days, tolerances 0."),
  closing: closing
    .optional()
    .describe("Tail and re-offer in one, as contracts often put it. Not beside `tail` or `reoffer`."),
  reoffer: strict({
    on: z
      .enum(["supplier-favourable", "any"])
      .optional()
      .describe("Which change of terms. Default: supplier-favourable."),
    window: windowDocument.optional().describe("Default: 2 business days."),
    maxRounds: number.optional().describe("Re-offers, the first notice not counted. Default: 3."),
    lastRoundTolerance: toleranceText
      .optional()
      .describe("What the refusal of the last round covers more. Default: 10%."),
  })
    .optional()
    .describe("When changed terms go back to the holder."),
  deMinimis: strict({
    count: countNumber.describe("Submissions below it are clear,"),
    days: z.int().min(1).max(3660).describe("while all of these rolling days add up to less."),
    by: z.enum(["control-group", "project"]).optional().describe("Whose submissions add up. Default: control-group."),
  })
    .optional()
    .describe("Default: none."),
  aggregateAllOrNone: truth
    .optional()
    .describe("Acceptances bind only if together they cover the lot. Default: false."),
  overAllotment: noneOrWindow
    .optional()
    .describe("A further round in which holders that accepted may take what others left. Default: none."),
  confirmWindow: windowDocument.optional().describe("For confirming a quantity that was cut. Default: 1 business day."),
  stranded: noneOrWindow
    .optional()
    .describe("A rest too small to be of use is offered once more for this long. Default: 1 business day."),
  inseparable: z
    .enum(["reject", "allocate"])
    .optional()
    .describe(
      "Packages without a price for the burdened lot: rejected, or offered at the allocated price. Default: reject.",
    ),
  holderMayBid: truth.optional().describe("Default: true."),
  matchAfterBidding: truth.optional().describe("A holder that also bids keeps its match. Default: false."),
  passThrough: strict({
    allowed: truth.optional().describe("The holder may have others run it. Default: true."),
    maxShare: shareText.optional().describe("Of what it accepts. Default: 100%."),
    hosts: oneOrMany(idText).optional().describe("Hosts agreed on beforehand. Default: any."),
    subcontractors: oneOrMany(idText).optional().describe("The same as `hosts`."),
    consent: truth
      .optional()
      .describe("The buyer must consent to a host that is not listed. Default: true where hosts are listed."),
    disclosure: z
      .literal("name-to-buyer")
      .optional()
      .describe("The buyer is told the host; there is no other way yet."),
  })
    .optional()
    .describe("Fulfilment through others."),
  replacementWindow: windowDocument
    .optional()
    .describe("For quantity that a termination frees. Default: 1 business day."),
  affiliates: strict({
    aggregate: truth.optional().describe("Affiliates count as one holder. Default: true."),
    lookThrough: truth.optional().describe("What an affiliate resells is looked through to its host. Default: true."),
  }).optional(),
  disclosure: strict({
    identity: truth.optional().describe("The holder is told who the third party is. Default: false."),
    price: truth.optional().describe("The holder is told the price. Default: true."),
  })
    .optional()
    .describe("What a match notice tells."),
  release: z
    .union([z.literal("never"), oneOrMany(z.enum(["refusal", "silence", "inability"]))])
    .optional()
    .describe("exclusivity only: which ends of its stage free the demand. Default: never."),
  cap: countNumber.optional().describe("The right reaches at most so many accelerators of a request. Default: no cap."),
  suspendOnDefault: truth.optional().describe("Suspended while its holder is in default. Default: false."),
  option: strict({
    count: countNumber.describe("How many accelerators may be taken."),
    blocks: oneOrMany(idText).optional().describe("Out of these blocks."),
    price: rateText.optional().describe("At this price."),
    until: whenText.describe("Last day, or first instant after it."),
  })
    .optional()
    .describe("option and soft-hold only."),
  minimumShare: strict({
    share: shareText.describe("Of the accelerator-time in scope."),
    period: z.enum(["month", "year"]).optional().describe("Default: year."),
  })
    .optional()
    .describe("minimum-share only."),
}).meta({ id: "Right", description: "A right of a holder over what another party wants to do." });

export type RightDocument = z.output<typeof rightDocument>;
export type PartialDocument = z.output<typeof partial>;
export type TailDocument = z.output<typeof tail>;
