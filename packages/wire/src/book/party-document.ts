import { z } from "zod";
import { calendarKeys } from "../agreements/index.ts";
import { clockText, freeText, idText, moneyText, shareText, truth, whenText } from "../scalars/index.ts";
import { oneOrMany, strict } from "../shape/index.ts";

const roleName = z.enum([
  "buyer",
  "provider",
  "host",
  "holder",
  "funder",
  "developer",
  "licensor",
  "owner",
  "announcer",
]);

const dates = {
  from: whenText.optional().describe("First day. Default: always."),
  to: whenText.optional().describe("Last day, or first instant after it. Default: without end."),
};

const role = z.union([roleName, strict({ role: roleName, ...dates })]);

export const partyDocument = strict({
  id: idText,
  name: freeText.optional().describe("Name for people. Default: the id."),
  roles: oneOrMany(role).describe("What the party is in this book; each role may have its dates."),
  owners: z
    .array(
      strict({
        party: idText,
        share: shareText,
        control: truth.optional().describe("Control is recorded apart from the share. Default: false."),
        independentInterest: truth
          .optional()
          .describe("A recorded interest of its own keeps two parties under one control apart. Default: false."),
      }),
    )
    .max(100)
    .optional()
    .describe("Who owns a part of it. Default: nobody on record."),
  competitors: oneOrMany(idText).optional().describe("Parties it competes with. Default: none on record."),
  notice: strict({
    ...calendarKeys,
    cutoff: clockText
      .optional()
      .describe("A notice after this time is received on the next business day. Default: that of the agreement."),
    channels: oneOrMany(freeText)
      .optional()
      .describe("How notices reach it, in order of preference; the later ones are fallbacks. Default: portal."),
  })
    .optional()
    .describe("Where and when notices reach the party. What it leaves out comes from the agreement."),
  signatories: z
    .array(
      strict({
        name: freeText,
        ...dates,
        limit: moneyText.optional().describe("Up to which amount. Default: no limit."),
      }),
    )
    .max(200)
    .optional()
    .describe("Who may bind the party. Default: anyone who signs for it."),
  eligibility: z
    .array(
      strict({
        from: whenText,
        eligible: truth,
        reason: freeText,
      }),
    )
    .max(200)
    .optional()
    .describe("From when on the party is eligible or not, and why. Default: eligible."),
}).meta({ id: "Party" });

export type PartyDocument = z.output<typeof partyDocument>;
