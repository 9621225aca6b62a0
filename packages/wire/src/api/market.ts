import type { BidPart } from "@offtake/core/awards";
import type { BidId, Instant, PartyId } from "@offtake/core/kernel";
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
import { countNumber, freeText, idText, instantText, truth, whenText } from "../scalars/index.ts";
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
    .describe(
      "Several lines in one bid, such as its months; each may be taken by itself, save in a package. Not beside the keys of one line.",
    ),
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

const takenPart = strict({
  bid: idText,
  line: z.int().min(1).max(1_000).optional().describe("Number of the line of the bid. Default: the first."),
  count: countNumber.describe("In the unit in which the bid offers it."),
});

export const bidPartsDocument = strict({
  parts: z.array(takenPart).min(1).max(LINES_MAX),
}).meta({ id: "BidParts", description: "So many of which bids, chosen by hand." });

export const bidPartsBody: Body<typeof bidPartsDocument, readonly BidPart[]> = {
  schema: bidPartsDocument,
  read: ({ parts }) => parts.map(({ bid, line = 1, count }) => ({ bid: bid as BidId, line: line - 1, count })),
};

export const recordedQuoteDocument = strict({
  bidder: idText.describe("Who offers it: a party that was invited."),
  bid: bidDocument,
  medium: z.enum(["mail", "letter", "meeting"]).describe("By what it came."),
  file: idText.describe("Reference of the file that it was read from."),
  arrivedAt: instantText.optional().describe("When it arrived. It counts from when it is recorded."),
}).meta({ id: "RecordedQuoteBody", description: "A bid that came outside the broker, put on record for its bidder." });

interface RecordedQuote {
  readonly draft: BidDraft;
  readonly recorded: {
    readonly bidder: PartyId;
    readonly medium: "mail" | "letter" | "meeting";
    readonly file: string;
    readonly arrivedAt?: Instant;
  };
}

export const recordedQuoteBody: Body<typeof recordedQuoteDocument, RecordedQuote> = {
  schema: recordedQuoteDocument,
  read: ({ bidder, bid, medium, file, arrivedAt }, path, context) => {
    const draft = bidBody.read(bid, [...path, "bid"], context);
    if (draft === undefined) return undefined;
    const arrived = arrivedAt === undefined ? {} : { arrivedAt };
    return { draft, recorded: { bidder: bidder as PartyId, medium, file, ...arrived } };
  },
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
