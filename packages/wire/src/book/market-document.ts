import { z } from "zod";
import { windowDocument } from "../agreements/index.ts";
import {
  acceleratorText,
  askedText,
  clauseRefText,
  countNumber,
  currencyText,
  dateText,
  decimalText,
  freeText,
  idText,
  instantText,
  rateText,
  regionText,
  shareText,
  truth,
  whenText,
  wordText,
} from "../scalars/index.ts";
import { scopeDocument } from "../scope/index.ts";
import { spanDocument } from "../requests/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";

export const tierDocument = strict({
  from: countNumber.describe("Smallest count of the tier."),
  price: rateText,
}).meta({ id: "Tier" });

export const blockDocument = strict({
  id: idText,
  parent: idText
    .optional()
    .describe("The block from which the seller has it. Default: it stands for the machines themselves."),
  provider: idText.describe("Who sells it."),
  host: idText.optional().describe("Who runs it, where that is another party."),
  accelerator: acceleratorText,
  region: regionText,
  count: countNumber.describe("Whole accelerators."),
  block: countNumber.optional().describe("What is handed out is a multiple of this. Default: 1."),
  window: spanDocument.describe("When it is there."),
  firmness: z
    .enum(["firm", "forecast"])
    .optional()
    .describe("forecast: planned; it cannot be relied on yet. Default: firm."),
  encumbrances: z
    .array(
      strict({
        right: clauseRefText.describe("The clause by which another holds it."),
        holder: idText,
        window: spanDocument,
      }),
    )
    .max(100)
    .optional()
    .describe("Rights that others hold over it. Default: none."),
  phase: freeText.optional().describe("The phase of the site that it becomes available with."),
}).meta({ id: "Block", description: "Like accelerators in one place during one window, as one party sells them." });

export const offerDocument = strict({
  id: idText,
  provider: idText,
  host: idText.optional().describe("Who runs it, where that is another party."),
  accelerator: acceleratorText,
  region: regionText,
  price: askedText
    .optional()
    .describe("One price for any count, or `by agreement NAME`: as the price book of that agreement says."),
  tiers: z.array(tierDocument).min(1).max(50).optional().describe("In place of `price`: by count."),
  asOf: dateText.optional().describe("Date of the list that the price is from, for discounts off the list of a date."),
  terms: wordText
    .optional()
    .describe("Which list price it is: on_demand, spot, or a term such as 1y. Default: on_demand."),
  block: countNumber.optional().describe("Sold in multiples of this. Default: 1."),
  max: countNumber.optional().describe("At most so many. Default: no bound."),
  blocks: oneOrMany(idText).optional().describe("Out of these blocks. Default: none named."),
  from: whenText.optional(),
  to: whenText.optional(),
  source: freeText.optional().describe("Where the price is from. Default: the book."),
  standing: truth.optional().describe("It bids by itself in every tender that it fits. Default: false."),
}).meta({ id: "Offer", description: "What a provider offers, to compare by or as a standing bid." });

export const priceListDocument = strict({
  priceList: strict({
    file: freeText.describe("The table, from the place of this file."),
    provider: idText.describe("The party of this book whose prices they are."),
    kind: freeText
      .optional()
      .describe("The provider as the importer knows it, checked against the list. Default: what the list says."),
    regions: oneOrMany(regionText).optional().describe("Only prices that hold in these regions. Default: all."),
    region: regionText
      .optional()
      .describe("The region that a price without one is taken for. Default: such a price holds everywhere."),
    accelerators: oneOrMany(acceleratorText).optional().describe("Only these accelerators. Default: all."),
    blocks: oneOrMany(idText).optional().describe("Out of these blocks. Default: none named."),
    max: countNumber.optional().describe("At most so many. Default: no bound."),
    standing: truth.optional().describe("Its offers bid by themselves. Default: false."),
  }),
}).meta({ id: "PriceList", description: "A reference to a table of prices that is imported when the book is loaded." });

export const rateDocument = strict({
  from: currencyText,
  to: currencyText,
  rate: decimalText.describe("Units of `to` for one unit of `from`."),
  at: instantText.describe("From when on it applies."),
  source: freeText,
  agreement: idText.optional().describe("The agreement that fixes the rate for itself."),
}).meta({ id: "ExchangeRate" });

export const policyDocument = strict({
  version: z.int().min(1).max(1_000_000).optional().describe("Default: 1."),
  tenderWindow: windowDocument.optional().describe("How long bids may come in. Default: 3 business days."),
  tie: z
    .enum(["improve", "none"])
    .optional()
    .describe("improve: one sealed round among tied bids before sharing. Default: improve."),
  improveWindow: windowDocument.optional().describe("Default: 24 hours."),
  inseparable: z.enum(["reject", "allocate"]).optional().describe("Packages without separate prices. Default: reject."),
  showCap: truth.optional().describe("Invitations show the price cap. Default: false."),
  shownCountStep: countNumber
    .optional()
    .describe(
      "Invitations show counts rounded down to a multiple of it, so that what is left does not tell what others took. Default: exact counts.",
    ),
  concentration: shareText.optional().describe("Largest share of a request for one provider. Default: no bound."),
  minimumUsable: countNumber.optional().describe("A smaller rest is of no use. Default: 1."),
  invite: oneOrMany(idText).optional().describe("Who is invited to tenders. Default: all providers."),
  autoAward: truth
    .optional()
    .describe("Award as soon as the rules allow; otherwise the buyer proposes. Default: true."),
  relatedPartyApproval: freeText
    .optional()
    .describe("Name of the approval that awards to related parties need. Default: related-party."),
  awardConfirmation: z
    .enum(["at-once", "by-signature"])
    .optional()
    .describe(
      "by-signature: an award stays open until it is confirmed, and can default. at-once: it is done when issued, for standing arrangements. Default: by-signature.",
    ),
  ownBuild: oneOrMany(idText)
    .optional()
    .describe("Parties whose own building is a source class of its own. Default: none."),
}).meta({ id: "Policy", description: "The keeper's own rules." });

export const standingAnswerDocument = strict({
  id: idText,
  party: idText.describe("Who answers so."),
  scope: scopeDocument.optional().describe("To what. Default: everything."),
  answer: z.union([
    z.enum(["accept", "refuse"]),
    strict({
      accept: strict({
        max: countNumber.optional().describe("At most so many. Default: all that is noticed."),
        blocks: oneOrMany(idText).optional(),
        host: idText.optional(),
      }),
    }),
  ]),
  priceMin: askedText
    .optional()
    .describe("Accepts from this price up; or, `by agreement NAME`, from what its price book asks for all of it."),
  byCapacity: truth.optional().describe("Accepts only what its free capacity in `blocks` carries. Default: false."),
}).meta({ id: "StandingAnswer", description: "A rule by which a holder or bidder answers in advance." });

export const waiverKeys = {
  right: clauseRefText.describe("The right that is waived."),
  standing: truth
    .optional()
    .describe(
      "true: for everything until it is revoked; false: for the terms in `limits`. Default: true where there are no limits.",
    ),
  from: whenText.optional().describe("Default: always; in a case the time of the step."),
  to: whenText.optional().describe("Last day, or first instant after it. Default: until it is revoked."),
  limits: strict({
    provider: idText.optional(),
    count: countNumber.optional().describe("At most so many."),
    price: rateText.optional().describe("At most this price."),
    purposes: oneOrMany(wordText).optional(),
  })
    .optional()
    .describe("What it holds for."),
  infoNotice: truth.optional().describe("The holder still gets an information copy. Default: false."),
};

export const renewalNoticeDocument = strict({
  agreement: idText,
  by: idText.describe("Who gave it: a side of the agreement."),
  delivered: whenText.describe("When it was delivered; a date means 00:00 of that day."),
}).meta({
  id: "RenewalNotice",
  description: "A notice of non-renewal, or one that ends an agreement that runs on, that was given.",
});

export const waiverDocument = strict({ id: idText, ...waiverKeys }).meta({ id: "Waiver" });

export const resaleConsentDocument = strict({
  by: idText.describe("Who consents: the buyer, or the party from which the host has it."),
  host: idText.describe("Whose capacity may be sold on."),
  to: idText.describe("To whom it may be sold."),
}).meta({ id: "ResaleConsent" });
