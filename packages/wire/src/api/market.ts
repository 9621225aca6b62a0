import type { Instant } from "@offtake/core/kernel";
import { z } from "zod";
import {
  type BidDraft,
  bidKeys,
  bidPartKeys,
  proposalKeys,
  type ProposalLine,
  readBid,
  readProposal,
} from "../cases/index.ts";
import { freeText, idText, truth, whenText } from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";
import { asItIs, type Body } from "./body.ts";

/** Lines of one invitation, or of one proposal. */
const LINES_MAX = 50;

const { lot: _lot, ...bidPart } = bidPartKeys;
const part = {
  line: z.int().min(1).max(1_000).optional().describe("Number of the line in the invitation. Default: the only one."),
  ...bidPart,
};

export const bidDocument = strict({
  ...part,
  lines: z
    .array(strict(part))
    .min(1)
    .max(LINES_MAX)
    .optional()
    .describe("Several lines in one bid, taken together or not at all. Not beside the keys of one line."),
  ...bidKeys,
  validUntil: whenText.describe("Last day, or first instant at which it no longer stands."),
}).meta({ id: "BidBody", description: "A sealed bid." });

/** A line by its number is found like a lot by its label. */
function lotOf<Part extends { readonly line?: number | undefined }>({ line, ...rest }: Part) {
  return line === undefined ? rest : { ...rest, lot: String(line) };
}

/** The draft names lines of the invitation, as texts, where it could name lots. */
export const bidBody: Body<typeof bidDocument, BidDraft> = {
  schema: bidDocument,
  read: ({ lines, ...document }, path, context) => {
    const step = { ...lotOf(document), at: 0 as Instant };
    return readBid(lines === undefined ? step : { ...step, lines: lines.map(lotOf) }, path, context);
  },
};

export const bidExtensionDocument = strict({
  until: whenText.describe("Last day, or first instant at which it no longer stands."),
}).meta({ id: "BidExtension" });

export const bidExtensionBody: Body<typeof bidExtensionDocument, Instant> = {
  schema: bidExtensionDocument,
  read: ({ until }, _path, context) => context.until(until),
};

const { lot: _label, ...proposalPart } = proposalKeys;
const proposed = {
  lot: idText.optional().describe("Id of the lot. Default: the only one."),
  ...proposalPart,
};

export const awardProposalDocument = strict({
  ...proposed,
  lines: z
    .array(strict(proposed))
    .min(1)
    .max(LINES_MAX)
    .optional()
    .describe("Several parts. Not beside the keys of one part."),
}).meta({ id: "AwardProposal", description: "An award as the buyer would have it." });

export const awardProposalBody: Body<typeof awardProposalDocument, readonly ProposalLine[]> = {
  schema: awardProposalDocument,
  read: (document, path, context) => readProposal(document, path, context),
};

export const awardDecisionBody = asItIs(
  strict({ confirm: truth.describe("false: it is let go.") }).meta({ id: "AwardDecision" }),
);

export const awardDefaultBody = asItIs(
  strict({ provider: idText, why: freeText }).meta({
    id: "AwardDefault",
    description: "A provider fails to provide what it was awarded.",
  }),
);

export const tenderBody = asItIs(
  strict({ lots: oneOrMany(idText).optional().describe("Ids of lots. Default: all that are cleared.") }).meta({
    id: "TenderBody",
  }),
);
