import type { AgreementId, PartyId } from "@offtake/core/kernel";
import {
  calendarBody,
  controlChangeBody,
  eligibilityBody,
  exchangeRateBody,
  indexValueBody,
  partyBody,
  partyDefaultBody,
  policyBody,
} from "@offtake/wire/api";
import {
  actRoute,
  changeAnswer,
  changed,
  createRoute,
  objectAnswer,
  putRoute,
  readRoutes,
  showObject,
} from "../objects.ts";
import { inBook, type Route, route } from "../operation.ts";

const base = "/v1/books/{book}";
const tag = "books";
const parties = { kind: "parties", path: `${base}/parties`, tag: "parties", name: "party" } as const;
const calendars = { kind: "calendars", path: `${base}/calendars`, tag, name: "calendar" } as const;
const rates = { kind: "rates", path: `${base}/exchange-rates`, tag, name: "rate" } as const;
const indexes = { kind: "indexValues", path: `${base}/index-values`, tag, name: "value" } as const;

/** Who there is, and what deadlines and prices are reckoned by. */
export const factRoutes: readonly Route[] = [
  ...readRoutes({ ...parties, list: "partyList", read: "partyRead" }),
  putRoute(parties, { id: "partyRecord", body: { schema: { component: "PartyBody" } } }, async (call) => {
    const { party } = await call.read(partyBody);
    return { id: party.id, command: { type: "recordParty", party } };
  }),
  actRoute(
    parties,
    { id: "partyEligibilityRecord", verb: "eligibility", body: { schema: { component: "EligibilityBody" } } },
    async (id, call) => ({
      type: "recordEligibility",
      party: id as PartyId,
      eligibility: await call.read(eligibilityBody),
    }),
  ),
  actRoute(
    parties,
    { id: "partyDefaultRecord", verb: "defaults", body: { schema: { component: "PartyDefault" } } },
    async (id, call) => {
      const { agreement, cured } = await call.read(partyDefaultBody);
      return { type: "recordDefault", party: id as PartyId, agreement: agreement as AgreementId, cured };
    },
  ),
  actRoute(
    parties,
    { id: "partyControlChange", verb: "control-changes", body: { schema: { component: "ControlChange" } } },
    async (id, call) => ({
      type: "recordControlChange",
      party: id as PartyId,
      effectiveAt: await call.read(controlChangeBody),
    }),
  ),
  route(
    {
      id: "policyRead",
      method: "get",
      path: `${base}/policy`,
      tag,
      description: "The keeper's header and policy. The keeper's alone.",
      params: inBook,
      answers: { 200: objectAnswer("books") },
    },
    (call) => showObject(call, "books", "book"),
  ),
  route(
    {
      id: "policyRecord",
      method: "put",
      path: `${base}/policy`,
      tag,
      params: inBook,
      body: { schema: { component: "PolicyBody" } },
      writes: true,
      answers: { 200: changeAnswer("books") },
    },
    async (call) => {
      const command = { type: "recordPolicy", policy: await call.read(policyBody) } as const;
      return changed(await call.submitAbout({ kind: "books", id: "book" }, command), "books");
    },
  ),
  ...readRoutes({
    ...calendars,
    list: "calendarList",
    read: "calendarList",
    readVariant: "One",
    readSummary: "a calendar",
  }),
  putRoute(calendars, { id: "calendarRecord", body: { schema: { component: "CalendarBody" } } }, async (call) => {
    const calendar = await call.read(calendarBody);
    return { id: calendar.id, command: { type: "recordCalendar", calendar } };
  }),
  ...readRoutes({ ...rates, list: "calendarList", listVariant: "Rates", listSummary: "exchange rates on record" }),
  createRoute(
    rates,
    { id: "exchangeRateRecord", body: { schema: { component: "ExchangeRateBody" } } },
    async (call) => {
      const rate = await call.read(exchangeRateBody);
      return { id: `${rate.from}:${rate.to}:${rate.at}`, command: { type: "recordExchangeRate", rate } };
    },
  ),
  ...readRoutes({
    ...indexes,
    list: "calendarList",
    listVariant: "IndexValues",
    listSummary: "published values of indexes on record",
  }),
  createRoute(indexes, { id: "indexValueRecord", body: { schema: { component: "IndexValueBody" } } }, async (call) => {
    const value = await call.read(indexValueBody);
    return { id: `${value.index}:${value.date}`, command: { type: "recordIndexValue", value } };
  }),
];
