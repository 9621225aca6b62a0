import { z } from "zod";

/**
 * What `offtake plan --json` prints. A stable document: keys are added, and their meaning stays. Amounts, prices and instants are
 * texts as documents write them: exact, and read back by the same rules.
 */

const money = z.string().describe("Amount with its currency, such as 2652979.20 USD.");
const rate = z.string().describe("Price of an accelerator-hour, such as 2.40 USD/h.");
const instant = z.string().describe("RFC 3339 in UTC.");
const count = z.number().int();
const name = z.string();

const window = z.strictObject({ from: instant, to: instant.describe("First instant after it.") });

const line = z.strictObject({
  count: count.describe("Accelerators of the first alternative."),
  accelerators: z.array(name),
  regions: z.array(name).describe("Region ids, or prefixes that end in `*`."),
  window,
  purposes: z.array(name),
  block: count.describe("Every part is a multiple of it."),
  cap: rate.optional().describe("The most that may be paid."),
  call: z.string().optional().describe("`agreement/clause` of contracted capacity that this line calls."),
});

const clause = { agreement: name, clause: name };

const period = z
  .strictObject({
    from: instant,
    to: instant,
    committed: money.optional().describe("What the period must reach;"),
    committedHours: z.string().optional().describe("in accelerator-hours where use is counted, and so on below."),
    expected: money.optional().describe("Drawn to date and expected besides."),
    expectedHours: z.string().optional(),
    draws: money.optional().describe("What the recommended award draws."),
    drawsHours: z.string().optional(),
    shortfallBefore: money.optional().describe("Expected shortfall without it,"),
    shortfallAfter: money.optional().describe("and with it."),
  })
  .meta({ id: "PlanPeriod" });

const commitment = z
  .strictObject({
    ...clause,
    type: name,
    beneficiary: name,
    counted: z.boolean().describe("In force: it weighs in the cost. Otherwise it is only shown."),
    avoided: money.describe("Shortfall that falls away, in the currency of the book."),
    periods: z.array(period),
  })
  .meta({ id: "PlanCommitment" });

const priceRow = z
  .strictObject({
    from: instant,
    to: instant,
    rate,
    cost: money,
    agreement: name,
    clause: name,
    entry: name.optional(),
    form: name.describe("How the price is made: fixed, list, index, steps, volume or committed."),
    basis: z
      .string()
      .optional()
      .describe("The list or the index value that it rests on, with its date where one is known."),
    assumed: z
      .boolean()
      .optional()
      .describe("The index value of that time cannot be known yet: the newest stands in for it."),
  })
  .meta({ id: "PlanPriceRow" });

const source = z
  .strictObject({
    id: name.describe("Stable within one plan; break-evens refer to it."),
    kind: z
      .enum(["entitlement", "agreement", "market"])
      .describe("Contracted already, under agreement, or a price list."),
    line: count.describe("Which line of the request, from 0."),
    provider: name,
    providerName: name,
    host: name.optional(),
    hostName: name.optional(),
    agreement: name.optional(),
    clause: name.optional().describe("The clause that sets the price."),
    accelerator: name,
    region: name,
    count: count.describe("How many it has, up to what is wanted."),
    listPrice: rate.optional(),
    ownPrice: rate.optional().describe("What the buyer pays; of a price book the mean over count and time."),
    effectivePrice: rate.optional().describe("Effective cost by accelerator-hour, rounded."),
    cost: money.optional(),
    avoided: money.optional().describe("Shortfall of commitments that it saves, taken alone."),
    switching: money.optional().describe("Declared cost of moving to it."),
    effectiveCost: money.optional().describe("cost - avoided + switching, in the currency of the book."),
    obstacles: z
      .array(
        z.enum(["no_price", "price_incomplete", "no_capacity", "too_few", "above_cap", "not_invited", "rate_missing"]),
      )
      .describe("Why it cannot simply be taken."),
    bidsByItself: z.boolean().describe("Its list bids by itself; otherwise the plan supposes its bid."),
    source: z.string().optional().describe("Where the price stands."),
    dearer: count.describe("Other offers of the same provider for the same accelerator, which are dearer."),
    rows: z.array(priceRow).optional().describe("How the price book makes the price."),
    problems: z
      .array(z.strictObject({ code: name, detail: z.string() }))
      .optional()
      .describe("What the price book refers to and is not on record."),
  })
  .meta({ id: "PlanSource" });

const asked = z
  .strictObject({
    step: count.describe("Those of one number are asked at the same time."),
    kind: name,
    holder: name,
    holderName: name,
    ...clause,
    version: count,
    text: z.string().optional().describe("The words of the contract."),
    reading: z
      .strictObject({ by: z.string(), at: z.string() })
      .optional()
      .describe("Who confirmed what the fields say; absent: nobody."),
    count,
    price: rate.optional(),
    facts: z.array(z.string()).describe("For which the clause applies, as `dimension=value`."),
    sentAt: instant,
    sendBy: instant
      .optional()
      .describe("Last instant at which it may be sent so that everything fits before the start."),
    channel: name,
    delivery: z.enum(["sent", "delivered", "acknowledged"]).describe("What starts its clock."),
    deliverySupposed: z.boolean(),
    receivedAt: instant.optional(),
    respondBy: instant.optional().describe("The last instant in time."),
    zone: name.optional(),
    window: z.string().optional().describe("Such as 5 business days."),
    skipped: z.array(z.string()).describe("Days that the count passes over, with the reason."),
    silence: z.enum(["refusal", "acceptance", "blocks", "consents"]).describe("What no answer means."),
    status: name.describe("What became of it where nobody answers but those who have answered in advance."),
    answeredInAdvance: z.boolean(),
    clearedUntil: instant
      .optional()
      .describe("How long others may be awarded after it without asking again (exclusive)."),
  })
  .meta({ id: "PlanAsked" });

const notAsked = z
  .strictObject({
    ...clause,
    version: count,
    kind: name.optional(),
    holder: name.optional(),
    holderName: name.optional(),
    why: name.describe("Code of the reason."),
    facts: z.array(z.string()),
  })
  .meta({ id: "PlanNotAsked" });

const award = z
  .strictObject({
    provider: name,
    providerName: name,
    host: name.optional(),
    hostName: name.optional(),
    count,
    accelerator: name,
    region: name,
    window,
    price: rate.optional(),
    cost: money.optional(),
    basis: name,
  })
  .meta({ id: "PlanAward" });

const times = z
  .strictObject({
    sendAt: instant,
    sendBy: instant.optional().describe("Last instant at which the request may be sent for its start."),
    awardedAt: instant.optional(),
    readyAt: instant.optional().describe("The award and the lead time."),
    start: instant,
    end: instant,
    leadDays: z.number(),
    earliestStart: instant.optional(),
    slackDays: count.optional().describe("Whole days from ready to start; below zero where it is too late."),
    tenders: z.array(
      z.strictObject({
        opensAt: instant,
        closesAt: instant,
        openBy: instant.optional(),
        count,
        invited: count,
        bids: count.describe("Price lists that bid by themselves,"),
        supposed: count.describe("and bids that the plan supposes."),
      }),
    ),
  })
  .meta({ id: "PlanTimes" });

const restsOn = z
  .strictObject({
    kind: z.enum(["reading", "default", "assumed", "evidence", "undeclared", "supposed"]),
    agreement: name.optional(),
    clause: name.optional(),
    name: z.string().optional().describe("The parameter, the fact, or the code of what is supposed."),
    value: z.string().optional(),
  })
  .meta({ id: "PlanRestsOn" });

const alternative = z
  .strictObject({
    kind: z.enum(["waiver", "consent", "move-start", "split", "accelerator", "region", "purpose", "cap"]),
    text: z.string().describe("What to do."),
    party: name.optional(),
    partyName: name.optional(),
    right: z.string().optional().describe("`agreement/clause`."),
    accelerator: name.optional(),
    region: name.optional(),
    purpose: name.optional(),
    cap: rate.optional(),
    start: instant.optional(),
    count: count.optional(),
    awarded: count,
    awardedAt: instant.optional(),
    inTime: z.boolean(),
    cost: money.optional(),
    effectiveCost: money.optional(),
    effectivePrice: rate.optional(),
    gains: z.array(z.enum(["more", "in_time", "cheaper", "earlier"])),
  })
  .meta({ id: "PlanAlternative" });

const breakEven = z
  .strictObject({
    line: count.describe("Place of the line in the request, from 0."),
    what: z.enum(["price-of-chosen", "price-of-other", "quantity", "baseline"]),
    chosen: name.describe("Source that is cheaper now,"),
    other: name.describe("and the one that is cheaper from `flipsAt` on."),
    direction: z.enum(["up", "down"]),
    now: z.union([z.string(), z.number()]),
    flipsAt: z.union([z.string(), z.number()]),
    ...{ agreement: name.optional(), clause: name.optional() },
    period: window.optional().describe("Of a baseline: the period of the commitment."),
    text: z.string(),
  })
  .meta({ id: "PlanBreakEven" });

const request = z
  .strictObject({
    request: name,
    buyer: name,
    zone: name,
    assumed: z.string().optional().describe("What of the request was made up because nobody said it."),
    recommendation: z.string().describe("One sentence."),
    verdict: z.enum(["works", "late", "part", "blocked", "none"]),
    why: name.optional().describe("Code of the binding constraint, where less is awarded than asked."),
    whyText: z.string().optional().describe("The same in words."),
    nearest: z.string().optional().describe("The nearest thing that would work, in words."),
    lines: z.array(line),
    recommendedLines: z
      .array(line)
      .optional()
      .describe("The request as it is recommended, where that calls what is contracted."),
    wanted: count,
    awarded: count,
    awards: z.array(award),
    cost: money.optional(),
    avoided: money.optional(),
    effectiveCost: money.optional(),
    price: rate.optional().describe("By accelerator-hour, rounded."),
    effectivePrice: rate.optional(),
    sources: z.array(source),
    commitments: z.array(commitment),
    asked: z.array(asked),
    notAsked: z.array(notAsked),
    times,
    restsOn: z.array(restsOn),
    alternatives: z.array(alternative),
    breakEvens: z.array(breakEven),
  })
  .meta({ id: "PlanRequest" });

export const planFile = z.strictObject({
  schema: z.literal("offtake/plan@1"),
  changes: z.boolean().describe("Somebody would be asked, or something awarded."),
  at: instant.describe("When the requests would be sent."),
  requests: z.array(request),
});

/** What `offtake plan --json` prints. */
export type PlanDocument = z.infer<typeof planFile>;
