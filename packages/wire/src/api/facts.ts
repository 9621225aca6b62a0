import type { Eligibility } from "@offtake/core/agreements";
import type { ExchangeRate, Offer, Policy, StandingAnswer } from "@offtake/core/book";
import type { HolidayCalendar } from "@offtake/core/calendar";
import type { CapacityBlock } from "@offtake/core/capacity";
import type { Instant } from "@offtake/core/kernel";
import type { Waiver } from "@offtake/core/rights";
import {
  blockDocument,
  calendarDocument,
  offerDocument,
  type PartyReading,
  partyDocument,
  policyDocument,
  rateDocument,
  readBlock,
  readCalendar,
  readOffer,
  readParty,
  readPolicy,
  readRate,
  readStandingAnswer,
  readWaiver,
  standingAnswerDocument,
  waiverDocument,
} from "../book/index.ts";
import { indexValueDocument } from "../agreements/index.ts";
import { freeText, idText, instantText, truth, whenText } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import { asItIs, type Body } from "./body.ts";

/** Waivers without a beginning hold from before anything happened. */
const ALWAYS = 0 as Instant;

export const partyBody: Body<typeof partyDocument, PartyReading> = { schema: partyDocument, read: readParty };

const eligibility = strict({
  eligible: truth,
  reason: freeText,
  from: instantText.describe("From when on."),
}).meta({ id: "EligibilityBody" });
export const eligibilityBody: Body<typeof eligibility, Eligibility> = {
  schema: eligibility,
  read: (document) => document,
};

export const partyDefaultBody = asItIs(
  strict({ agreement: idText, cured: truth.describe("false: the party is in default.") }).meta({ id: "PartyDefault" }),
);

const control = strict({ effective: whenText }).meta({
  id: "ControlChange",
  description: "A party comes under other control.",
});
export const controlChangeBody: Body<typeof control, Instant> = {
  schema: control,
  read: ({ effective }, _path, context) => context.from(effective),
};

/** `parents`: the parent of every block there is, so that the root of this one can be found. */
export const blockBody = (
  parents: ReadonlyMap<string, string | undefined>,
): Body<typeof blockDocument, CapacityBlock> => ({
  schema: blockDocument,
  read: (document, path, context) =>
    readBlock(document, path, context, new Map([...parents, [document.id, document.parent]])),
});
export const offerBody: Body<typeof offerDocument, Offer> = { schema: offerDocument, read: readOffer };
export const policyBody: Body<typeof policyDocument, Policy> = { schema: policyDocument, read: readPolicy };
export const calendarBody: Body<typeof calendarDocument, HolidayCalendar> = {
  schema: calendarDocument,
  read: (document, path, context) => readCalendar(document, path, context),
};
export const exchangeRateBody: Body<typeof rateDocument, ExchangeRate> = { schema: rateDocument, read: readRate };
export const indexValueBody = asItIs(indexValueDocument);
export const standingAnswerBody: Body<typeof standingAnswerDocument, StandingAnswer> = {
  schema: standingAnswerDocument,
  read: readStandingAnswer,
};
export const waiverBody: Body<typeof waiverDocument, Waiver> = {
  schema: waiverDocument,
  read: (document, path, context) => readWaiver(document, path, context, ALWAYS),
};

export const resaleConsentBody = asItIs(
  strict({
    host: idText.describe("Whose capacity may be sold on."),
    to: idText.describe("To whom it may be sold."),
  }).meta({ id: "ResaleConsentBody" }),
);
