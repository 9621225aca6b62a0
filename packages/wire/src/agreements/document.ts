import { z } from "zod";
import {
  clockText,
  complain,
  freeText,
  idText,
  shareText,
  truth,
  whenText,
  written,
  zoneText,
} from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";
import { commitmentDocument } from "./commitment.ts";
import { dateDocument } from "./date-clause.ts";
import { evidenceDocument } from "./evidence.ts";
import { entitlementDocument, recordDocument, resaleDocument } from "./other-clauses.ts";
import { renewalDocument } from "./renewal.ts";
import { revenueShareDocument } from "./revenue-share.ts";
import { priceBookDocument } from "./price-document.ts";
import { rightDocument } from "./right-document.ts";

/** Hex digits; cut short with an ellipsis where somebody only wants to tell two files apart. */
const hashText = written<string>({
  id: "Sha256",
  description: "SHA-256 of the file in hex; it may be cut short with an ellipsis.",
  expected: "up to 64 hex digits",
  examples: ["9f2c…"],
  read: (value) => {
    const text = String(value);
    return /^[0-9a-f]{4,64}(…|\.\.\.)?$/.test(text)
      ? { value: text }
      : complain("malformed", `\`${text.slice(0, 70)}\` is not a hash in hex`);
  },
});

export const clauseDocument = z
  .discriminatedUnion("kind", [
    rightDocument,
    entitlementDocument,
    commitmentDocument,
    priceBookDocument,
    resaleDocument,
    revenueShareDocument,
    recordDocument,
    dateDocument,
  ])
  .meta({ id: "Clause" });

export const agreementKeys = {
  name: idText.describe("The name by which everything else refers to the agreement."),
  title: freeText.optional().describe("Default: the name."),
  reference: freeText
    .optional()
    .describe("The number by which your own list or contract system knows it: kept for imports and exports."),
  parties: strict({
    buyer: idText,
    provider: idText,
    others: oneOrMany(idText).optional().describe("Others who signed."),
  }).describe("Ids of the parties."),
  effective: strict({
    from: whenText.describe("First day, or first instant."),
    to: whenText.optional().describe("Last day, or first instant after it. Default: without end."),
  }).describe("When the agreement is in force; with a renewal, its first term."),
  renewal: renewalDocument
    .optional()
    .describe("What becomes of it at the end of its term. Default: none, it ends; without an end it runs on."),
  owner: freeText
    .optional()
    .describe("Who looks after it in the house of the book's keeper: a person or a team. Nobody else is told."),
  status: z.enum(["draft", "signed", "active"]).optional().describe("Default: active."),
  signed: whenText.optional().describe("When it was signed. Default: when it takes effect; a draft is not signed."),
  version: z.int().min(1).max(10_000).optional().describe("Default: 1."),
  lineage: idText
    .optional()
    .describe("Stays the same when the agreement is amended and restated under another name. Default: the name."),
  zone: zoneText.optional().describe("Zone in which its dates and days are meant. Default: that of the book."),
  holidays: oneOrMany(idText)
    .optional()
    .describe("Holiday calendars for its business days. Default: none (weekends only)."),
  join: z
    .enum(["all", "any"])
    .optional()
    .describe("With several calendars: a day counts if it is a business day in all of them, or in any. Default: all."),
  cutoff: clockText
    .optional()
    .describe("A notice after this time counts as received on the next business day. Default: 17:00."),
  close: clockText.optional().describe("Time at which windows in business days end. Default: 17:00."),
  appliesToOpenNotices: strict({ signedBy: oneOrMany(idText) })
    .optional()
    .describe("This version reaches notices that are open, and who signed that. Default: it does not."),
  accruedRightsSurvive: truth.optional().describe("Notices that are open when a right ends run on. Default: true."),
  affiliateShare: shareText
    .optional()
    .describe("Ownership from which a party counts as an affiliate; control always counts. Default: 50%."),
  assignment: strict({
    consent: truth.optional().describe("Assigning it needs consent. Default: true."),
    changeOfControl: z
      .enum(["continues", "ends"])
      .optional()
      .describe("What becomes of it when the holder is acquired. Default: continues."),
  }).optional(),
  brokerOutage: z
    .enum(["extends", "does-not-extend"])
    .optional()
    .describe("Whether an outage of the broker moves a deadline that it covers. Default: extends."),
  document: strict({ file: freeText, sha256: hashText }).optional().describe("The signed text."),
  evidence: evidenceDocument.optional(),
  clauses: z.array(clauseDocument).max(200).optional().describe("Default: none."),
};

/** An agreement as it stands in a book. */
export const agreementDocument = strict(agreementKeys).meta({ id: "Agreement" });

/** An agreement as a file of its own. */
export const agreementFile = strict({
  schema: z.literal("offtake/agreement@1").describe("Says what kind of file this is."),
  ...agreementKeys,
}).meta({ title: "Offtake agreement", description: "One agreement between a buyer and a provider." });

export type AgreementDocument = z.output<typeof agreementDocument>;
export type ClauseDocument = z.output<typeof clauseDocument>;
