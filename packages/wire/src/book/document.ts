import { BUILTIN_CALENDARS } from "@offtake/core/calendar";
import { z } from "zod";
import { agreementDocument, indexValueDocument } from "../agreements/index.ts";
import { requestDocument } from "../requests/index.ts";
import { acceleratorText, currencyText, dateText, freeText, idText, zoneText } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import {
  blockDocument,
  offerDocument,
  policyDocument,
  priceListDocument,
  rateDocument,
  resaleConsentDocument,
  standingAnswerDocument,
  renewalNoticeDocument,
  waiverDocument,
} from "./market-document.ts";
import { partyDocument } from "./party-document.ts";

/** Entries of one section of one book. */
const ENTRIES_MAX = 20_000;

const weekday = z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);

export const calendarDocument = strict({
  id: idText,
  name: freeText.optional().describe("Default: the id."),
  source: freeText.describe("Where the days are from, so that a reader can check them."),
  years: strict({ from: z.int().min(0).max(9999), to: z.int().min(0).max(9999) }).describe(
    "First and last year that it covers; outside it nothing is counted.",
  ),
  weekend: z.array(weekday).max(6).optional().describe("Default: [saturday, sunday]."),
  holidays: z
    .array(z.union([dateText, strict({ date: dateText, name: freeText })]))
    .max(20_000)
    .describe("Dates, with their names where you like."),
}).meta({ id: "Calendar", description: "Your own holiday calendar." });

/** "us-federal, target and none". */
const BUILTIN_NAMES = BUILTIN_CALENDARS.join(", ").replace(/, ([^,]*)$/, " and $1");

const fileReference = strict({ file: freeText.describe("An agreement file, from the place of this file.") });

const list = <Schema extends z.ZodType>(schema: Schema, what: string) =>
  z.array(schema).max(ENTRIES_MAX).optional().describe(what);

export const bookKeys = {
  keeper: idText.optional().describe("Id of the party whose book it is. In one file of the book."),
  kind: z.enum(["buyer", "provider"]).optional().describe("Which side the keeper is on. Default: buyer."),
  currency: currencyText.optional().describe("Reporting currency. Default: USD."),
  zone: zoneText.optional().describe("Zone in which dates are meant where nothing else says so. Default: UTC."),
  parties: list(partyDocument, "Everyone the book knows."),
  calendars: list(calendarDocument, `Your own holiday calendars; ${BUILTIN_NAMES} come with Offtake.`),
  accelerators: list(acceleratorText, "Ids of accelerators that the product's table does not have."),
  agreements: list(z.union([agreementDocument, fileReference]), "Agreements, in place or as files of their own."),
  capacity: list(blockDocument, "Blocks of capacity."),
  offers: list(z.union([offerDocument, priceListDocument]), "Offers, in place or as price lists."),
  rates: list(rateDocument, "Exchange rates with date and source."),
  indexValues: list(indexValueDocument, "Published values of indexes that prices follow, as observed."),
  policy: policyDocument.optional(),
  standingAnswers: list(standingAnswerDocument, "Answers that parties give in advance."),
  requests: list(requestDocument, "Requests by name, for cases and plans; they are not submitted by standing here."),
  waivers: list(waiverDocument, "Waivers in force from the beginning."),
  renewalNotices: list(renewalNoticeDocument, "Notices of non-renewal that were given, by either side."),
  resaleConsents: list(resaleConsentDocument, "Consents to sell capacity on."),
};

/** A book once its files are one and its references are read. */
export const bookDocument = strict(bookKeys).meta({ id: "Book" });

export const bookFile = strict({
  schema: z.literal("offtake/book@1").describe("Says what kind of file this is."),
  ...bookKeys,
}).meta({
  title: "Offtake book",
  description: "Parties, agreements, capacity and prices of one keeper. A book may be several files.",
});

export type BookTree = z.output<typeof bookDocument>;
